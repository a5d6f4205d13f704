namespace Tidemark.Engine.Stores;

/// <summary>The flags of open(2) that a store uses; the values are those of Linux on every 64-bit machine.</summary>
[Flags]
internal enum OpenFlags
{
    /// <summary>Read only.</summary>
    Read = 0,

    /// <summary>Read and write.</summary>
    ReadWrite = 0x2,

    /// <summary>Create the file when there is none.</summary>
    Create = 0x40,

    /// <summary>Together with <see cref="Create"/>: fail when the file exists.</summary>
    Exclusive = 0x80,

    /// <summary>Cut an existing file to nothing.</summary>
    Truncate = 0x200,

    /// <summary>Do not pass the descriptor on to a child program.</summary>
    CloseOnExec = 0x80000,
}
