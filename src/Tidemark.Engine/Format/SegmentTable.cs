using System.Buffers.Binary;

namespace Tidemark.Engine.Format;

/// <summary>
/// The segments that a chunk refers to, ascending by id, with the data blocks that it refers to in each.
/// </summary>
internal static class SegmentTable
{
    /// <summary>Bytes for each segment: its id, then the number of blocks.</summary>
    public const int EntryBytes = sizeof(long) + sizeof(long);

    /// <summary>Writes the table.</summary>
    public static byte[] Pack(Dictionary<long, long> references)
    {
        var segmentIds = references.Keys.ToArray();
        Array.Sort(segmentIds);
        var packed = new byte[segmentIds.Length * EntryBytes];
        for (var index = 0; index < segmentIds.Length; index++)
        {
            var entry = packed.AsSpan(index * EntryBytes);
            BinaryPrimitives.WriteInt64LittleEndian(entry, segmentIds[index]);
            BinaryPrimitives.WriteInt64LittleEndian(entry[sizeof(long)..], references[segmentIds[index]]);
        }

        return packed;
    }

    /// <summary>
    /// Adds the table's counts, each times <paramref name="sign"/>; a count that becomes 0 stays as 0.
    /// </summary>
    public static void Add(ReadOnlySpan<byte> packed, Dictionary<long, long> references, int sign)
    {
        for (var offset = 0; offset + EntryBytes <= packed.Length; offset += EntryBytes)
        {
            var segmentId = BinaryPrimitives.ReadInt64LittleEndian(packed[offset..]);
            var blocks = BinaryPrimitives.ReadInt64LittleEndian(packed[(offset + sizeof(long))..]);
            references[segmentId] = references.GetValueOrDefault(segmentId) + sign * blocks;
        }
    }
}
