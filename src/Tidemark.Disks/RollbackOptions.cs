namespace Tidemark.Disks;

/// <summary>How a rollback goes about those who use the disk.</summary>
public sealed record RollbackOptions
{
    /// <summary>Disconnects NBD clients first, where otherwise they are a reason to refuse.</summary>
    public bool DisconnectsClients { get; init; }

    /// <summary>Keeps what is replaced as a snapshot first, if the server's options allow it.</summary>
    public bool KeepsSafety { get; init; } = true;

    /// <summary>Stops the instance that the disk is attached to first.</summary>
    public bool StopsInstance { get; init; }

    /// <summary>Starts that instance again afterwards; only together with <see cref="StopsInstance"/>.</summary>
    public bool StartsInstance { get; init; }
}
