namespace Tidemark.Bench.Servers;

/// <summary>Servers that take turns. Owns them.</summary>
internal sealed class ServerSet : IDisposable
{
    /// <summary>Takes them over; those that cannot run here are null and left out.</summary>
    public ServerSet(params IEnumerable<IBlockServer?> servers) => All = [.. servers.OfType<IBlockServer>()];

    /// <summary>In the order of their turns.</summary>
    public IReadOnlyList<IBlockServer> All { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var server in All)
            server.Dispose();
    }
}
