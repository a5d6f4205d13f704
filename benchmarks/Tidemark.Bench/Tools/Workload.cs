namespace Tidemark.Bench.Tools;

/// <summary>One kind of work, in fio's terms.</summary>
/// <param name="Name">For the tables.</param>
/// <param name="Pattern">fio's rw.</param>
/// <param name="BlockSize">fio's bs.</param>
/// <param name="Depth">Requests outstanding on each connection.</param>
internal sealed record Workload(string Name, string Pattern, string BlockSize, int Depth)
{
    /// <summary>Reads in a hundred requests of a mix.</summary>
    public int ReadPercent { get; init; } = 70;

    /// <summary>Connections at once, each with its own depth.</summary>
    public int Connections { get; init; } = 1;

    /// <summary>True for a flush after every write.</summary>
    public bool IsSyncing { get; init; }

    /// <summary>Requests a second on each connection at most; zero for no limit.</summary>
    public int RateIops { get; init; }

    /// <summary>True to touch every block once instead of drawing them at random.</summary>
    public bool IsEachBlockOnce { get; init; }

    /// <summary>True when it writes only.</summary>
    public bool IsWriting => Pattern is "write" or "randwrite";
}
