namespace Tidemark.Nbd.Serving;

/// <summary>What all connections of a server share.</summary>
internal sealed class ServingContext(ExportCatalog catalog, NbdServerOptions options) : IDisposable
{
    /// <summary>Which exports exist.</summary>
    public ExportCatalog Catalog { get; } = catalog;

    /// <summary>The limits.</summary>
    public NbdServerOptions Options { get; } = options;

    /// <summary>The threads for what must wait.</summary>
    public AsidePool Pool { get; } = new(options.AsideThreadsMax);

    /// <summary>The buffers for what must wait.</summary>
    public BufferBudget Budget { get; } = new(options.BufferBudgetBytes / 2);

    /// <summary>Who may use large buffers.</summary>
    public LargeBuffers Large { get; } = new(
        (int)Math.Clamp(options.BufferBudgetBytes / 2 / LargeBuffers.GrantBytes, 1, options.ConnectionsMax));

    /// <summary>Tells the host what happened.</summary>
    public void Report(NbdEvent happened)
    {
        try
        {
            Options.OnEvent?.Invoke(happened);
        }
        catch (Exception)
        {
            // A log that fails must not end a connection, and there is nobody left to tell.
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Pool.Dispose();
        Budget.Dispose();
    }
}
