namespace Tidemark.Api.Hosting;

/// <summary>
/// Counts requests of each key and action in each second. Only keys that exist are counted, after their signature
/// fitted, so the table is bounded by keys times actions.
/// </summary>
internal sealed class RequestRates(TimeProvider clock)
{
    // Guards _windows.
    private readonly Lock _lock = new();
    private readonly Dictionary<(string SecretId, string Action), Window> _windows = [];

    /// <summary>Counts one request; false when the second's share is used up.</summary>
    public bool TryCount(string secretId, string action, int requestsPerSecond)
    {
        var second = clock.GetUtcNow().ToUnixTimeSeconds();
        lock (_lock)
        {
            var window = _windows.GetValueOrDefault((secretId, action));
            var count = window.Second == second ? window.Count : 0;
            if (count >= requestsPerSecond)
                return false;

            _windows[(secretId, action)] = new Window(second, count + 1);
            return true;
        }
    }

    private readonly record struct Window(long Second, int Count);
}
