using System.Buffers.Binary;
using System.Text;

namespace Tidemark.Engine.Format;

/// <summary>
/// The 16 bytes with which every structure on disk starts: magic, version, the oldest version that may read it, and a
/// CRC-32C over all bytes of the structure but the checksum's own four.
/// </summary>
internal static class Preamble
{
    /// <summary>Eight ASCII bytes that name the kind of structure.</summary>
    public const int MagicOffset = 0;

    /// <summary>The version that the writer wrote, 16 bits.</summary>
    public const int VersionOffset = MagicOffset + sizeof(ulong);

    /// <summary>The oldest version that may read it, 16 bits.</summary>
    public const int OldestReaderOffset = VersionOffset + sizeof(ushort);

    /// <summary>The checksum, 32 bits.</summary>
    public const int CrcOffset = OldestReaderOffset + sizeof(ushort);

    /// <summary>Where the structure's own fields start.</summary>
    public const int SizeBytes = CrcOffset + sizeof(uint);

    /// <summary>The version that this program writes and reads, of every structure that has no newer one.</summary>
    public const ushort CurrentVersion = 1;

    /// <summary>The oldest version that may read what this program writes.</summary>
    public const ushort OldestReader = 1;

    /// <summary>
    /// Writes magic and versions. <see cref="Seal"/> completes the preamble when all else is written.
    /// </summary>
    public static void Write(Span<byte> structure, ReadOnlySpan<byte> magic) =>
        Write(structure, magic, CurrentVersion, OldestReader);

    /// <summary>The same for a structure of another version than most.</summary>
    public static void Write(Span<byte> structure, ReadOnlySpan<byte> magic, ushort version, ushort oldestReader)
    {
        magic.CopyTo(structure);
        BinaryPrimitives.WriteUInt16LittleEndian(structure[VersionOffset..], version);
        BinaryPrimitives.WriteUInt16LittleEndian(structure[OldestReaderOffset..], oldestReader);
    }

    /// <summary>The oldest version that may read the structure, as its writer stated.</summary>
    public static ushort OldestReaderOf(ReadOnlySpan<byte> structure) =>
        BinaryPrimitives.ReadUInt16LittleEndian(structure[OldestReaderOffset..]);

    /// <summary>Writes the checksum over the whole of <paramref name="structure"/>.</summary>
    public static void Seal(Span<byte> structure) =>
        BinaryPrimitives.WriteUInt32LittleEndian(structure[CrcOffset..], ComputeCrc(structure));

    /// <summary>
    /// Null when magic and versions are ones that this program reads, else why not. The version is looked at before any
    /// checksum, so that a newer format is refused by name and not as damage.
    /// </summary>
    public static string? CheckKind(
        ReadOnlySpan<byte> structure, ReadOnlySpan<byte> magic, string kind, ushort newestRead = CurrentVersion)
    {
        var found = structure.Slice(MagicOffset, magic.Length);
        if (!found.SequenceEqual(magic))
        {
            return $"no {kind} here: the magic is {Convert.ToHexString(found)}, expected " +
                $"{Convert.ToHexString(magic)} ({Encoding.ASCII.GetString(magic)})";
        }

        var version = BinaryPrimitives.ReadUInt16LittleEndian(structure[VersionOffset..]);
        var oldestReader = BinaryPrimitives.ReadUInt16LittleEndian(structure[OldestReaderOffset..]);
        if (version == 0 || oldestReader == 0 || oldestReader > version)
            return $"the {kind} states version {version}, readable from version {oldestReader}, which no writer writes";
        return oldestReader > newestRead
            ? $"the {kind} has version {version}, which version {oldestReader} and later can read; " +
                $"this program reads version {newestRead}: use a newer one"
            : null;
    }

    /// <summary>
    /// Null when the checksum over <paramref name="structure"/> is right, else what was found and expected.
    /// </summary>
    public static string? CheckCrc(ReadOnlySpan<byte> structure, string kind)
    {
        var stated = BinaryPrimitives.ReadUInt32LittleEndian(structure[CrcOffset..]);
        var computed = ComputeCrc(structure);
        return stated == computed
            ? null
            : $"the {kind} has checksum 0x{computed:X8}, and states 0x{stated:X8}";
    }

    /// <summary>Null when all of <paramref name="reserved"/> is zero, else why the structure is refused.</summary>
    public static string? CheckReserved(ReadOnlySpan<byte> reserved, int offset, string kind)
    {
        var index = reserved.IndexOfAnyExcept((byte)0);
        return index < 0
            ? null
            : $"the {kind} has 0x{reserved[index]:X2} in reserved byte {offset + index}, expected 0";
    }

    private static uint ComputeCrc(ReadOnlySpan<byte> structure) =>
        Crc32C.Compute(structure[SizeBytes..], Crc32C.Compute(structure[..CrcOffset]));
}
