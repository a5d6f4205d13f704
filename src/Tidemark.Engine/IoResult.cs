namespace Tidemark.Engine;

/// <summary>How a request to a disk ended. Nothing on the data path throws for these.</summary>
public enum IoResult
{
    /// <summary>Done.</summary>
    Done,

    /// <summary>The range or alignment is not one the disk accepts; nothing happened.</summary>
    Invalid,

    /// <summary>A device error, a wrong checksum, or the disk is faulted; see the log for file and offset.</summary>
    Failed,

    /// <summary>The store is full; nothing of the request was written.</summary>
    NoSpace,

    /// <summary>The disk was closed.</summary>
    Closed,
}
