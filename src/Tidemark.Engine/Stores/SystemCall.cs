namespace Tidemark.Engine.Stores;

/// <summary>One call that succeeded, as <see cref="SystemCallRecorder"/> keeps it.</summary>
internal sealed record SystemCall
{
    /// <summary>What was done.</summary>
    public required SystemCallKind Kind { get; init; }

    /// <summary>The path acted on; for calls on a descriptor, the path it was opened by.</summary>
    public required string Path { get; init; }

    /// <summary>The <see cref="FileDescriptor.Serial"/> acted on; 0 for calls on a path.</summary>
    public long Descriptor { get; init; }

    /// <summary>The new name of a <see cref="SystemCallKind.Rename"/>.</summary>
    public string TargetPath { get; init; } = "";

    /// <summary>The flags of a <see cref="SystemCallKind.Open"/>.</summary>
    public OpenFlags Flags { get; init; }

    /// <summary>Where the range begins, in bytes.</summary>
    public long Offset { get; init; }

    /// <summary>The length of the range, or the new length of the file, in bytes.</summary>
    public long LengthBytes { get; init; }

    /// <summary>The bytes written.</summary>
    public ReadOnlyMemory<byte> Bytes { get; init; }

    /// <summary>
    /// For the sync calls: how many calls were on record when this one began. Only those are surely covered by it.
    /// </summary>
    public int Covers { get; init; }
}
