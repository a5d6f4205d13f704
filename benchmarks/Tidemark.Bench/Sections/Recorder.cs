using System.Diagnostics;
using Tidemark.Bench.Figures;
using Tidemark.Bench.Results;

namespace Tidemark.Bench.Sections;

/// <summary>Collects what a section finds, and says it on standard error as it comes.</summary>
internal sealed class Recorder
{
    private readonly List<Rounds> _rounds = [];
    private readonly List<Figure> _figures = [];
    private readonly List<Series> _series = [];
    private readonly List<string> _notes = [];
    private readonly long _started = Stopwatch.GetTimestamp();

    /// <summary>Servers side by side.</summary>
    public IReadOnlyList<Rounds> Rounds => _rounds;

    /// <summary>Single numbers.</summary>
    public IReadOnlyList<Figure> Figures => _figures;

    /// <summary>Lines for plots.</summary>
    public IReadOnlyList<Series> Series => _series;

    /// <summary>What a reader must know.</summary>
    public IReadOnlyList<string> Notes => _notes;

    /// <summary>Adds the rounds of a workload.</summary>
    public void Add(Rounds rounds)
    {
        _rounds.Add(rounds);
        var iops = rounds.Servers.Select(server => $"{server} {rounds.Median(server, one => one.Iops):0}");
        Say($"{rounds.Setting}, {rounds.Work}: {string.Join(", ", iops)}");
    }

    /// <summary>Adds a number.</summary>
    public void Add(string key, string title, double value, string unit)
    {
        _figures.Add(new Figure(key, title, value, unit));
        Say($"{title}: {value:0.###} {unit}");
    }

    /// <summary>Adds a line.</summary>
    public void Add(Series series) => _series.Add(series);

    /// <summary>Adds a remark.</summary>
    public void Note(string text)
    {
        _notes.Add(text);
        Say(text);
    }

    private void Say(string text) =>
        Console.Error.WriteLine($"{Stopwatch.GetElapsedTime(_started).TotalSeconds,6:0} s  {text}");
}
