using System.CommandLine;
using Tidemark.Client;
using Tidemark.Disks.Keys;
using Tidemark.Hosting;
using Tidemark.Output;

namespace Tidemark.Verbs;

/// <summary>
/// The options that are valid anywhere, and what they mean: an option counts before its environment variable, that
/// before what the credentials file of the data folder says, that before the default.
/// </summary>
internal static class CommonOptions
{
    /// <summary>For whom the command prints.</summary>
    public static readonly Option<OutputFormat> Output = new("--output", "-o")
    {
        Description = "table or json (the API's own members)",
        HelpName = "FORMAT",
    };

    /// <summary>The server.</summary>
    public static readonly Option<string?> Endpoint = new("--endpoint")
    {
        Description = $"the API's address [{EnvironmentNames.Endpoint}, http://{Defaults.Listen}]",
        HelpName = "URL",
    };

    /// <summary>The data folder: the server's home, and where a client on the same machine finds the keys.</summary>
    public static readonly Option<string?> Data = new("--data")
    {
        Description = $"the data folder [{EnvironmentNames.Data}, ./{Defaults.DataFolder}]",
        HelpName = "DIR",
    };

    /// <summary>The region.</summary>
    public static readonly Option<string?> Region = new("--region")
    {
        Description = $"the region [{EnvironmentNames.Region}, {Defaults.Region}]",
        HelpName = "REGION",
    };

    /// <summary>Whom to trust.</summary>
    public static readonly Option<string?> CaFile = new("--ca-file")
    {
        Description = $"the authority that the API's certificate comes from [{EnvironmentNames.CaFile}]",
        HelpName = "FILE",
    };

    /// <summary>Those of a command that talks to a server.</summary>
    public static IReadOnlyList<Option> OfClients { get; } = [Output, Endpoint, Data, Region, CaFile];

    /// <summary>The data folder as an absolute path.</summary>
    public static string DataFolder(ParseResult parse) => Path.GetFullPath(
        parse.GetValue(Data) ?? EnvironmentNames.Read(EnvironmentNames.Data) ?? Defaults.DataFolder);

    /// <summary>An address of the API; refuses what is none.</summary>
    public static Uri ParseEndpoint(string text)
    {
        var isUrl = Uri.TryCreate(text, UriKind.Absolute, out var endpoint)
            && endpoint is { Scheme: "http" or "https", PathAndQuery: "/" };
        return isUrl && endpoint is not null
            ? endpoint
            : throw CommandException.Usage(
                $"'{text}' is not the address of an API.", "Write it like http://127.0.0.1:8780, without a path.");
    }

    /// <summary>Which server to talk to, as whom, and where the key was found.</summary>
    public static (ClientSettings Settings, string KeySource) FindClientSettings(ParseResult parse)
    {
        var path = DataFolderFiles.Credentials(DataFolder(parse));
        var file = ReadCredentials(path);
        var endpoint = ParseEndpoint(parse.GetValue(Endpoint)
            ?? EnvironmentNames.Read(EnvironmentNames.Endpoint)
            ?? NotEmpty(file?.Endpoint)
            ?? $"http://{Defaults.Listen}");
        var region = parse.GetValue(Region)
            ?? EnvironmentNames.Read(EnvironmentNames.Region)
            ?? NotEmpty(file?.Region)
            ?? Defaults.Region;
        var (key, source) = KeyFromEnvironment() is { } given
            ? (given, EnvironmentNames.SecretId)
            : (file?.Key ?? throw NoCredentials(path), path);
        var caFile = parse.GetValue(CaFile)
            ?? EnvironmentNames.Read(EnvironmentNames.CaFile)
            ?? NotEmpty(file?.CaFile);
        return (new ClientSettings(endpoint, key.SecretId, key.SecretKey, region) { CaFile = caFile }, source);
    }

    /// <summary>The key of the environment; null when it names none.</summary>
    public static AccessKey? KeyFromEnvironment()
    {
        var secretId = EnvironmentNames.Read(EnvironmentNames.SecretId);
        var secretKey = EnvironmentNames.Read(EnvironmentNames.SecretKey);
        if (secretId is null != secretKey is null)
        {
            throw CommandException.Usage(
                $"Only one of {EnvironmentNames.SecretId} and {EnvironmentNames.SecretKey} is set.",
                "Set both, or neither to use the keys of the data folder.");
        }

        return secretId is not null && secretKey is not null ? new AccessKey(secretId, secretKey) : null;
    }

    private static CredentialsFile? ReadCredentials(string path)
    {
        try
        {
            return CredentialsFile.Read(path);
        }
        catch (UnauthorizedAccessException failure)
        {
            throw new CommandException(
                ExitCode.Denied, "CredentialsNotReadable", failure.Message,
                "Run this as the owner of the data folder, or give the keys in the environment.", failure);
        }
    }

    private static string? NotEmpty(string? text) => text is { Length: > 0 } ? text : null;

    private static CommandException NoCredentials(string path) => new(
        ExitCode.Denied,
        "NoCredentials",
        $"There are no keys: {path} has none, and {EnvironmentNames.SecretId} and {EnvironmentNames.SecretKey} are "
            + "not set.",
        "Start a server here with 'tidemark up', name its folder with --data, or set both variables.");
}
