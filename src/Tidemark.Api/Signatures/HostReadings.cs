namespace Tidemark.Api.Signatures;

/// <summary>The forms in which clients put the host into what they sign.</summary>
internal static class HostReadings
{
    /// <summary>The host as sent, and without its port if it has one: one official client signs it so.</summary>
    public static IReadOnlyList<string> Of(string host)
    {
        var colon = host.LastIndexOf(':');
        // An IPv6 literal is full of colons; its port can only follow the closing bracket.
        var hasPort = colon > 0 && colon > host.LastIndexOf(']');
        return hasPort ? [host, host[..colon]] : [host];
    }
}
