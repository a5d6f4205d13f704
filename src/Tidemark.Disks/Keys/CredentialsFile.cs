using System.Text;

namespace Tidemark.Disks.Keys;

/// <summary>
/// The file that tells a user of this machine which key to sign with: lines <c>name = value</c>; <c>#</c> starts a
/// comment; unknown names are left alone by readers. Names: <c>secret_id</c>, <c>secret_key</c>, <c>region</c>,
/// <c>endpoint</c>, <c>ca_file</c>.
/// </summary>
/// <param name="Key">The key pair.</param>
/// <param name="Region">The region.</param>
/// <param name="Endpoint">Where the API answers, for example <c>http://127.0.0.1:8780</c>.</param>
public sealed record CredentialsFile(AccessKey Key, string Region, string Endpoint)
{
    private const string SecretIdName = "secret_id";
    private const string SecretKeyName = "secret_key";
    private const string RegionName = "region";
    private const string EndpointName = "endpoint";

    private const string CaFileName = "ca_file";

    /// <summary>
    /// The authority that the endpoint's certificate comes from; empty for those that the system trusts.
    /// </summary>
    public string CaFile { get; init; } = string.Empty;

    /// <summary>Writes the file with mode 0600, replacing an older one.</summary>
    public void Write(string path)
    {
        var text = new StringBuilder("# Who has these keys can do everything with the disks of this server.\n")
            .Append(SecretIdName).Append(" = ").Append(Key.SecretId).Append('\n')
            .Append(SecretKeyName).Append(" = ").Append(Key.SecretKey).Append('\n')
            .Append(RegionName).Append(" = ").Append(Region).Append('\n')
            .Append(EndpointName).Append(" = ").Append(Endpoint).Append('\n');
        if (CaFile.Length > 0)
            text.Append(CaFileName).Append(" = ").Append(CaFile).Append('\n');
        PrivateFile.Write(path, Encoding.UTF8.GetBytes(text.ToString()));
    }

    /// <summary>Reads the file; null when it does not exist or names no key.</summary>
    public static CredentialsFile? Read(string path)
    {
        if (!File.Exists(path))
            return null;
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in File.ReadAllLines(path))
        {
            var equals = line.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0 && !line.TrimStart().StartsWith('#'))
                values[line[..equals].Trim()] = line[(equals + 1)..].Trim();
        }

        if (!values.TryGetValue(SecretIdName, out var secretId)
            || !values.TryGetValue(SecretKeyName, out var secretKey))
            return null;
        return new CredentialsFile(
            new AccessKey(secretId, secretKey),
            values.GetValueOrDefault(RegionName, string.Empty),
            values.GetValueOrDefault(EndpointName, string.Empty))
        {
            CaFile = values.GetValueOrDefault(CaFileName, string.Empty),
        };
    }
}
