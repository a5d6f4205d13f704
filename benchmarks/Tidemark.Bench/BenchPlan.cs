namespace Tidemark.Bench;

/// <summary>What is measured, and how long.</summary>
internal sealed record BenchPlan
{
    /// <summary>The repository.</summary>
    public required string Root { get; init; }

    /// <summary>True for a short run, whose figures only show that it works.</summary>
    public bool IsQuick { get; init; }

    /// <summary>The sections to measure.</summary>
    public IReadOnlyList<string> Sections { get; init; } = [];

    /// <summary>How often the servers take turns; zero for the default.</summary>
    public int RoundsAsked { get; init; }

    /// <summary>Length of one point; zero for the default.</summary>
    public double SecondsAsked { get; init; }

    /// <summary>How often the servers take turns.</summary>
    public int RoundCount => RoundsAsked > 0 ? RoundsAsked : Choose(7, 3);

    /// <summary>Length of one point.</summary>
    public double Seconds => SecondsAsked > 0 ? SecondsAsked : Choose(2, 0.5);

    /// <summary>Rounds that may be thrown away for each workload because the machine was disturbed.</summary>
    public int RepeatsMax => Choose(2, 1);

    /// <summary>The part of a disk that is worked on; it is filled first, and fits into memory.</summary>
    public int AreaMiB => Choose(1024, 256);

    /// <summary>The part of a disk that is read cold.</summary>
    public int ColdAreaMiB => Choose(4096, 512);

    /// <summary>Where product and peers keep their data: one file system for all.</summary>
    public string WorkFolder => Path.Combine(Root, "artifacts", "bench");

    /// <summary>Where results are kept.</summary>
    public string ResultsFolder => Path.Combine(Root, "benchmarks", "results");

    /// <summary>The value for a full run, or the one for a quick run.</summary>
    public T Choose<T>(T full, T quick) => IsQuick ? quick : full;
}
