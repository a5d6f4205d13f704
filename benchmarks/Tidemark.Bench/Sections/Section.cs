using System.Diagnostics;
using Tidemark.Bench.Results;
using Tidemark.Bench.Servers;
using Tidemark.Bench.Tools;

namespace Tidemark.Bench.Sections;

/// <summary>A part of the bench that runs, and is stored, on its own.</summary>
internal abstract class Section
{
    /// <summary>What it measures with.</summary>
    protected Section(BenchPlan plan) => Plan = plan;

    /// <summary>Its name on the command line and in the results' folder.</summary>
    public abstract string Name { get; }

    /// <summary>What is measured, and how long.</summary>
    protected BenchPlan Plan { get; }

    /// <summary>All sections, in the order of the report.</summary>
    public static IReadOnlyList<Section> All(BenchPlan plan) =>
    [
        new DataSection(plan), new ColdSection(plan), new SnapshotSection(plan), new SpaceSection(plan),
        new CrashSection(plan), new MemorySection(plan),
    ];

    /// <summary>The names of all sections.</summary>
    public static IReadOnlyList<string> Names { get; } = ["data", "cold", "snapshots", "space", "crash", "memory"];

    /// <summary>Measures, in a folder that is empty before and removed afterwards.</summary>
    public async Task<SectionResult> RunAsync()
    {
        Console.Error.WriteLine(Name);
        await BtrfsMount.RemoveLeftoverAsync(Plan.WorkFolder);
        if (Directory.Exists(Plan.WorkFolder))
            Directory.Delete(Plan.WorkFolder, recursive: true);
        Directory.CreateDirectory(Plan.WorkFolder);
        var started = Stopwatch.GetTimestamp();
        var recorder = new Recorder();
        try
        {
            var machine = await Machine.DescribeAsync(Plan.WorkFolder);
            using (var probe = new NoiseProbe(Plan.WorkFolder))
            {
                await MeasureAsync(recorder, probe);
            }

            return Result(recorder, machine, Stopwatch.GetElapsedTime(started).TotalSeconds);
        }
        finally
        {
            Directory.Delete(Plan.WorkFolder, recursive: true);
        }
    }

    /// <summary>Measures.</summary>
    protected abstract Task MeasureAsync(Recorder recorder, NoiseProbe probe);

    private SectionResult Result(Recorder recorder, Machine machine, double tookSeconds) => new()
    {
        Section = Name,
        Date = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd HH:mm", null),
        IsQuick = Plan.IsQuick,
        RoundCount = Plan.RoundCount,
        PointSeconds = Plan.Seconds,
        TookSeconds = tookSeconds,
        Machine = machine,
        Rounds = recorder.Rounds,
        Figures = recorder.Figures,
        Series = recorder.Series,
        Notes = recorder.Notes,
    };
}
