namespace Tidemark.Bench.Servers;

/// <summary>One of the product's disks. Does not own the product.</summary>
internal sealed class ProductDisk : IBlockServer
{
    private readonly Product _product;
    private readonly Transport _transport;
    private string _diskId;

    /// <summary>Binds a disk.</summary>
    /// <param name="product">Its server.</param>
    /// <param name="diskId">The disk.</param>
    /// <param name="transport">How it is reached.</param>
    public ProductDisk(Product product, string diskId, Transport transport = Transport.UnixSocket)
    {
        _product = product;
        _transport = transport;
        _diskId = diskId;
    }

    /// <summary>The disk's state at the start of each point.</summary>
    public PointStart Start { get; init; }

    /// <inheritdoc/>
    public string Key { get; init; } = ServerTitles.Tidemark;

    /// <inheritdoc/>
    public string Uri => _product.UriOf(_diskId, _transport);

    /// <inheritdoc/>
    public ServerProcess Process => _product.Process;

    /// <inheritdoc/>
    public async Task RenewAsync()
    {
        if (Start == PointStart.FreshSnapshot)
            await _product.SnapshotAsync(_diskId);
        if (Start != PointStart.EmptyDisk)
            return;
        await _product.RemoveDiskAsync(_diskId);
        _diskId = await _product.CreateDiskAsync(1);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
