namespace Tidemark.Bench.Sections;

/// <summary>The states of a disk, and the ways to it, in which workloads are compared: their names in tables.</summary>
internal static class Settings
{
    /// <summary>One connection over a Unix socket to a disk that was overwritten at random twice.</summary>
    public const string Full = "full disk, Unix socket";

    /// <summary>The same with four connections.</summary>
    public const string FourConnections = "full disk, Unix socket, 4 connections";

    /// <summary>The same over TCP.</summary>
    public const string Tcp = "full disk, TCP";

    /// <summary>The same over TCP with four connections.</summary>
    public const string TcpFourConnections = "full disk, TCP, 4 connections";

    /// <summary>A disk that nothing was written to.</summary>
    public const string Fresh = "fresh disk";

    /// <summary>A disk of which a snapshot was taken just before.</summary>
    public const string AfterSnapshot = "just after a snapshot";

    /// <summary>A disk whose pages were dropped from the page cache.</summary>
    public const string Cold = "cold";

    /// <summary>A cold disk that was filled in order, then overwritten at random.</summary>
    public const string ColdOverwritten = "cold, after random overwrite";

    /// <summary>A disk with 1,000 snapshots beside one with none.</summary>
    public const string ManySnapshots = "1,000 snapshots beneath";

    /// <summary>While the space of deleted snapshots is given back, beside an idle time.</summary>
    public const string Background = "background work";
}
