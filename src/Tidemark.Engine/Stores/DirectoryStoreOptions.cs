namespace Tidemark.Engine.Stores;

/// <summary>How a <see cref="DirectoryStore"/> is opened.</summary>
public sealed record DirectoryStoreOptions
{
    /// <summary>
    /// Accept a file system on which locks and syncs may not mean what they say. Two nodes on one store destroy it, and
    /// the lock may then fail to stop them.
    /// </summary>
    public bool AllowNetworkFileSystem { get; init; }

    /// <summary>The size of the reserve that deletion and recovery can fall back on, in bytes; 0 for none.</summary>
    public long ReserveSizeBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>Tells when a file was moved to the lost folder, and how long a sync takes.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>
    /// Told of each sync of a file's content (fdatasync): how long it took, and whether it succeeded. It runs on the
    /// thread that synced, must be quick and must not throw.
    /// </summary>
    public Action<TimeSpan, bool>? OnSynced { get; init; }
}
