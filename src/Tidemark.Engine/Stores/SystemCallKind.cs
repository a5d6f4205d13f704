namespace Tidemark.Engine.Stores;

/// <summary>The calls that change what a power cut could leave behind.</summary>
internal enum SystemCallKind
{
    /// <summary>A file was opened; it may have been created or cut to nothing, as the flags say.</summary>
    Open,

    /// <summary>Bytes were written.</summary>
    Write,

    /// <summary>Space was allocated; content and length stay.</summary>
    Allocate,

    /// <summary>A range was deallocated and reads as zeros.</summary>
    Punch,

    /// <summary>The length was set.</summary>
    Truncate,

    /// <summary>A file's content and length were made durable.</summary>
    SyncFile,

    /// <summary>A directory's entries were made durable.</summary>
    SyncDirectory,

    /// <summary>A file got another name, replacing what had it.</summary>
    Rename,

    /// <summary>A file's name was removed.</summary>
    Unlink,

    /// <summary>A directory was made.</summary>
    MakeDirectory,
}
