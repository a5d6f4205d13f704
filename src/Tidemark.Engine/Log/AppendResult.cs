namespace Tidemark.Engine.Log;

/// <summary>How an append ended.</summary>
internal enum AppendResult
{
    /// <summary>Applied: it may be answered.</summary>
    Done,

    /// <summary>A read-modify-write is running; nothing was reserved.</summary>
    Busy,

    /// <summary>The store is full; nothing was reserved.</summary>
    NoSpace,

    /// <summary>The log is faulted.</summary>
    Failed,

    /// <summary>The log was closed.</summary>
    Closed,
}
