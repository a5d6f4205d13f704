using System.Globalization;

namespace Tidemark.MicroBenchmarks;

/// <summary>
/// How many bytes each benchmark may allocate for one operation: the lines of <c>allocations.csv</c>.
/// </summary>
public static class AllocationBudgets
{
    private const string FileName = "allocations.csv";

    /// <summary>Bytes by benchmark, <c>Class.Method</c>.</summary>
    public static IReadOnlyDictionary<string, long> Read() => File
        .ReadLines(Path.Combine(AppContext.BaseDirectory, FileName))
        .Skip(1)
        .Select(line => line.Split(','))
        .ToDictionary(cells => cells[0], cells => long.Parse(cells[1], CultureInfo.InvariantCulture));
}
