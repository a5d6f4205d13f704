using System.CommandLine;

namespace Tidemark.Verbs;

/// <summary>Arguments and options that several verbs declare, each with an instance of its own.</summary>
internal static class Inputs
{
    /// <summary>A disk, by id or name.</summary>
    public static Argument<string> Disk() => new("DISK") { Description = "a disk, by id or name" };

    /// <summary>A snapshot, by id, name or DISK@NAME.</summary>
    public static Argument<string> Snapshot(string name = "SNAPSHOT") =>
        new(name) { Description = "a snapshot, by id, name or DISK@NAME" };

    /// <summary>A snapshot group, by id or name.</summary>
    public static Argument<string> Group() => new("GROUP") { Description = "a snapshot group, by id or name" };

    /// <summary>An account; the caller's own when left out.</summary>
    public static Option<string?> Account() => new("--account")
    {
        Description = "the account's twelve digits [the account of the key that is used]",
        HelpName = "ACCOUNT",
    };

    /// <summary>Whether to return before the server is done.</summary>
    public static Option<bool> NoWait() => new("--no-wait") { Description = "do not wait until it is done" };

    /// <summary>Whether to disconnect clients first.</summary>
    public static Option<bool> Force() => new("--force")
    {
        Description = "disconnect the disk's NBD clients first; without it they are a reason to refuse",
    };
}
