namespace Tidemark.Hosting;

/// <summary>Where a data folder keeps what is neither store nor catalog.</summary>
internal static class DataFolderFiles
{
    /// <summary>The key, region and endpoint that a client on this machine uses; only its owner may read it.</summary>
    public static string Credentials(string dataFolder) => Path.Combine(dataFolder, "credentials");

    /// <summary>The authority, and the certificate, that the server made for itself.</summary>
    public static string Tls(string dataFolder) => Path.Combine(dataFolder, "tls");

    /// <summary>The key that secrets in the catalog are sealed with; only its owner may read it.</summary>
    public static string MasterKey(string dataFolder) => Path.Combine(dataFolder, "master.key");
}
