namespace Tidemark.Hosting;

/// <summary>The environment variables that server and client read.</summary>
internal static class EnvironmentNames
{
    /// <summary>The data folder.</summary>
    public const string Data = "TIDEMARK_DATA";

    /// <summary>The API's address.</summary>
    public const string Endpoint = "TIDEMARK_ENDPOINT";

    /// <summary>The key's public part.</summary>
    public const string SecretId = "TIDEMARK_SECRET_ID";

    /// <summary>The key's secret part.</summary>
    public const string SecretKey = "TIDEMARK_SECRET_KEY";

    /// <summary>The region.</summary>
    public const string Region = "TIDEMARK_REGION";

    /// <summary>The file with the authority that the API's certificate must come from.</summary>
    public const string CaFile = "TIDEMARK_CA_FILE";

    /// <summary>The value of a variable; null when it is not set or empty.</summary>
    public static string? Read(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
