#pragma warning disable CA1822
namespace Tidemark.Disks;

/// <summary>Who is connected to which disk over NBD, so that a rollback or a termination can refuse, or disconnect them.</summary>
public sealed class DiskClients
{
    /// <summary>
    /// Disconnects the clients of a disk and waits until they are gone; set by the program once the NBD server exists. Null: nobody can
    /// be disconnected.
    /// </summary>
    public Action<string>? Disconnect { get; set; }

    /// <summary>Clients connected to a disk now.</summary>
    public int Count(string diskId) => throw new InvalidOperationException();
}
