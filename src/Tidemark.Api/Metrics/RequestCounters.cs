using System.Collections.Concurrent;
using Tidemark.Api.Actions;
using Tidemark.Nbd;

namespace Tidemark.Api.Metrics;

/// <summary>
/// Counts the API's answers by action and code. Actions that do not exist are counted as one, and so is whatever comes
/// when the table is full, so that nobody can fill the memory with names. Safe for concurrent use.
/// </summary>
internal sealed class RequestCounters
{
    /// <summary>The code of an answer that is no refusal.</summary>
    public const string Success = "Success";

    /// <summary>The action of a request that names none that exists.</summary>
    public const string UnknownAction = "unknown";

    private const int PairsMax = 4096;
    private const string OtherCode = "other";

    private readonly ConcurrentDictionary<(string Action, string Code), long> _counts = new();
    private readonly ConcurrentDictionary<string, LatencyHistogram> _latencies = new(StringComparer.Ordinal);

    /// <summary>Answers so far, by action and code, sorted.</summary>
    public IReadOnlyList<KeyValuePair<(string Action, string Code), long>> Counts => [.. _counts.OrderBy(x => x.Key)];

    /// <summary>How long answers took, by action, sorted.</summary>
    public IReadOnlyList<KeyValuePair<string, LatencyHistogram>> Latencies => [.. _latencies.OrderBy(x => x.Key)];

    /// <summary>Counts one answer.</summary>
    public void Count(string action, string code, TimeSpan elapsed)
    {
        var known = ActionTable.Find(action) is null ? UnknownAction : action;
        var key = (known, code);
        if (_counts.Count >= PairsMax && !_counts.ContainsKey(key))
            key = (known, OtherCode);
        _counts.AddOrUpdate(key, 1, (_, count) => count + 1);
        _latencies.GetOrAdd(known, _ => new LatencyHistogram()).Record(elapsed);
    }
}
