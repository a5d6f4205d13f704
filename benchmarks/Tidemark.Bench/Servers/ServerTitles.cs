namespace Tidemark.Bench.Servers;

/// <summary>How tables and plots name the servers.</summary>
internal static class ServerTitles
{
    /// <summary>The key of the product.</summary>
    public const string Tidemark = "tidemark";

    /// <summary>The product's disk that has 1,000 snapshots.</summary>
    public const string WithSnapshots = "tidemark-1000";

    /// <summary>The product's disk beside it that has none.</summary>
    public const string WithoutSnapshots = "tidemark-0";

    /// <summary>The title of a key.</summary>
    public static string Of(string key) => key switch
    {
        Tidemark => "Tidemark",
        WithSnapshots => "1,000 snapshots",
        WithoutSnapshots => "no snapshot",
        _ => PeerKind.All.FirstOrDefault(kind => kind.Key == key)?.Title ?? key,
    };
}
