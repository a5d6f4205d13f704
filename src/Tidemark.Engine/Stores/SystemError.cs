using System.Runtime.InteropServices;

namespace Tidemark.Engine.Stores;

/// <summary>The error numbers of Linux that a store tells apart, and the exceptions they become.</summary>
internal static class SystemError
{
    public const int NotPermitted = 1; // EPERM
    public const int NoEntry = 2; // ENOENT
    public const int Interrupted = 4; // EINTR
    public const int InputOutput = 5; // EIO
    public const int TryAgain = 11; // EAGAIN, EWOULDBLOCK
    public const int AccessDenied = 13; // EACCES
    public const int Exists = 17; // EEXIST
    public const int Invalid = 22; // EINVAL
    public const int NoSpace = 28; // ENOSPC
    public const int ReadOnlyFileSystem = 30; // EROFS
    public const int NoSystemCall = 38; // ENOSYS
    public const int NotSupported = 95; // EOPNOTSUPP
    public const int QuotaExceeded = 122; // EDQUOT

    /// <summary>True when the file system or the kernel does not know the operation at all.</summary>
    public static bool IsUnsupported(int error) => error is NotSupported or NoSystemCall;

    /// <summary>The exception for a failed call; the message names the operation, the path and the error.</summary>
    public static StoreException Exception(string operation, string path, int error) =>
        new(FaultOf(error), $"{operation} failed on {path}: {NameOf(error)}, {Describe(error)}");

    /// <summary>The kind of failure that an error number stands for.</summary>
    public static StoreFault FaultOf(int error) => error switch
    {
        NoSpace or QuotaExceeded => StoreFault.NoSpace,
        NoEntry => StoreFault.Missing,
        Exists => StoreFault.AlreadyExists,
        NotPermitted or AccessDenied => StoreFault.NotOwned,
        _ => StoreFault.Io,
    };

    private static string Describe(int error) => FaultOf(error) switch
    {
        StoreFault.NoSpace => "the file system or the quota is full: free space, then try again.",
        StoreFault.NotOwned => "this user may not do that: check the owner and mode of the folder.",
        _ => $"{Marshal.GetPInvokeErrorMessage(error)}.",
    };

    private static string NameOf(int error) => error switch
    {
        NotPermitted => "EPERM",
        NoEntry => "ENOENT",
        InputOutput => "EIO",
        9 => "EBADF",
        TryAgain => "EAGAIN",
        12 => "ENOMEM",
        AccessDenied => "EACCES",
        16 => "EBUSY",
        Exists => "EEXIST",
        20 => "ENOTDIR",
        21 => "EISDIR",
        Invalid => "EINVAL",
        23 => "ENFILE",
        24 => "EMFILE",
        27 => "EFBIG",
        NoSpace => "ENOSPC",
        ReadOnlyFileSystem => "EROFS",
        36 => "ENAMETOOLONG",
        39 => "ENOTEMPTY",
        116 => "ESTALE",
        117 => "EUCLEAN",
        NotSupported => "EOPNOTSUPP",
        NoSystemCall => "ENOSYS",
        QuotaExceeded => "EDQUOT",
        _ => $"error {error}",
    };
}
