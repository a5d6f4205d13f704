namespace Tidemark.Nbd;

/// <summary>What a client asks for.</summary>
public sealed class NbdClientOptions
{
    /// <summary>Meta contexts to select; those that the server does not have are left out.</summary>
    public IReadOnlyList<string> MetaContexts { get; init; } = [];

    /// <summary>Whether to ask for structured replies; meta contexts need them.</summary>
    public bool WantsStructuredReplies { get; init; } = true;

    /// <summary>How long to wait for any one answer, or for a send to make progress.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(60);
}
