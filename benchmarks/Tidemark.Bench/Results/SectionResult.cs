using Tidemark.Bench.Figures;
using Tidemark.Bench.Tools;

namespace Tidemark.Bench.Results;

/// <summary>
/// Everything that one section found; stored in a file of its own, so that one can be measured again alone.
/// </summary>
internal sealed record SectionResult
{
    /// <summary>The section.</summary>
    public required string Section { get; init; }

    /// <summary>The day and hour of the run, UTC.</summary>
    public required string Date { get; init; }

    /// <summary>True for a short run.</summary>
    public bool IsQuick { get; init; }

    /// <summary>Rounds of each workload.</summary>
    public int RoundCount { get; init; }

    /// <summary>Length of one point.</summary>
    public double PointSeconds { get; init; }

    /// <summary>How long the section took.</summary>
    public double TookSeconds { get; init; }

    /// <summary>Where it ran.</summary>
    public required Machine Machine { get; init; }

    /// <summary>Servers side by side.</summary>
    public IReadOnlyList<Rounds> Rounds { get; init; } = [];

    /// <summary>Single numbers.</summary>
    public IReadOnlyList<Figure> Figures { get; init; } = [];

    /// <summary>Lines for plots.</summary>
    public IReadOnlyList<Series> Series { get; init; } = [];

    /// <summary>What a reader must know.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}
