using Tidemark.Output;

namespace Tidemark.Backup;

/// <summary>The ways in which a stream can be refused.</summary>
internal static class BackupErrors
{
    /// <summary>The stream is not what it must be at some byte.</summary>
    public static CommandException Damaged(long position, string found, string expected) => new(
        ExitCode.Failed,
        "BackupDamaged",
        $"The backup is damaged at byte {position}: found {found}, expected {expected}.",
        "Nothing of it was kept. Export it again, or use another copy.");

    /// <summary>The stream ends before its end record.</summary>
    public static CommandException Truncated(long position) => new(
        ExitCode.Failed,
        "BackupTruncated",
        $"The backup ends at byte {position}, before its end record.",
        "Nothing of it was kept. Check the file's size or the pipe's other end, and export it again.");

    /// <summary>The stream was written by a newer program.</summary>
    public static CommandException TooNew(int version, int oldestReader) => new(
        ExitCode.Failed,
        "BackupTooNew",
        $"The backup has version {version} and can be read from version {oldestReader} on; "
            + $"this program reads up to {StreamLayout.FormatVersion}.",
        "Import it with a newer Tidemark.");
}
