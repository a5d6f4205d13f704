namespace Tidemark.Engine.Stores;

/// <summary>Why a store operation failed.</summary>
public enum StoreFault
{
    /// <summary>The device failed the operation (EIO and everything not listed below).</summary>
    Io,

    /// <summary>The file system is full, or a quota is reached (ENOSPC, EDQUOT).</summary>
    NoSpace,

    /// <summary>The file does not exist.</summary>
    Missing,

    /// <summary>The file exists and must not.</summary>
    AlreadyExists,

    /// <summary>Another process owns the store, or this one may not use it.</summary>
    NotOwned,
}
