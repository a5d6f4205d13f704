using System.Runtime.InteropServices;
using Tidemark.Nbd;

namespace Tidemark.EndToEnd.Support;

/// <summary>
/// What a disk must hold, without holding it: each block has the number of the write that made it, and its bytes follow
/// from place and number. Number 0 is a block of zeros. A copy of the numbers is a snapshot.
/// </summary>
internal sealed class PatternDisk(int blockCount)
{
    public const int BlockBytes = 4096;
    private const int ChunkBlocks = 256;

    private readonly bool[] _touchedChunks = new bool[(blockCount + ChunkBlocks - 1) / ChunkBlocks];
    private int _lastVersion;

    public int[] Versions { get; private set; } = new int[blockCount];

    /// <summary>A snapshot of the numbers.</summary>
    public int[] Image() => (int[])Versions.Clone();

    /// <summary>Puts the model back.</summary>
    public void Restore(int[] image) => Versions = (int[])image.Clone();

    /// <summary>Writes new bytes to blocks.</summary>
    public void Write(NbdClient client, int firstBlock, int count, bool isDurable = false)
    {
        var version = ++_lastVersion;
        var bytes = new byte[count * BlockBytes];
        for (var at = 0; at < count; at++)
            Fill(bytes.AsSpan(at * BlockBytes, BlockBytes), firstBlock + at, version);
        client.Write((long)firstBlock * BlockBytes, bytes, isDurable);
        Mark(firstBlock, count, version);
    }

    /// <summary>Trims blocks, which read as zeros then.</summary>
    public void Trim(NbdClient client, int firstBlock, int count)
    {
        client.Trim((long)firstBlock * BlockBytes, (long)count * BlockBytes);
        Mark(firstBlock, count, 0);
    }

    /// <summary>Compares all that was ever written or trimmed with an image; what never was must be a hole.</summary>
    public void Verify(NbdClient client, int[] image, string what)
    {
        var found = new byte[ChunkBlocks * BlockBytes];
        var expected = new byte[BlockBytes];
        for (var chunk = 0; chunk < _touchedChunks.Length; chunk++)
        {
            if (!_touchedChunks[chunk])
                continue;
            client.Read((long)chunk * found.Length, found);
            for (var at = 0; at < ChunkBlocks; at++)
            {
                var block = (chunk * ChunkBlocks) + at;
                Fill(expected, block, image[block]);
                var bytes = found.AsSpan(at * BlockBytes, BlockBytes);
                if (!expected.AsSpan().SequenceEqual(bytes))
                    Assert.Fail($"{what}: block {block} is {Describe(bytes, block)}, expected version {image[block]}.");
            }
        }

        foreach (var extent in StatusAt(client))
            Assert.True(extent.Flags != 0 || IsTouched(extent), $"{what}: data at {extent.Offset} that nobody wrote.");
    }

    /// <summary>The bytes of a block of a version.</summary>
    public static void Fill(Span<byte> bytes, int block, int version)
    {
        if (version == 0)
        {
            bytes.Clear();
            return;
        }

        var words = MemoryMarshal.Cast<byte, ulong>(bytes);
        var state = ((ulong)(uint)block << 32) | (uint)version;
        words[0] = state;
        for (var at = 1; at < words.Length; at++)
        {
            state = (state * 6364136223846793005) + 1442695040888963407;
            words[at] = state ^ (state >> 29);
        }
    }

    /// <summary>The version that a block's bytes are of; -1 when they are of none, or of another block.</summary>
    public static int VersionOf(ReadOnlySpan<byte> bytes, int block)
    {
        var first = MemoryMarshal.Read<ulong>(bytes);
        var version = (int)(uint)first;
        if (version != 0 && first >> 32 != (uint)block)
            return -1;
        var expected = new byte[BlockBytes];
        Fill(expected, block, version);
        return expected.AsSpan().SequenceEqual(bytes) ? version : -1;
    }

    /// <summary>Bytes of the distinct blocks that some images hold together.</summary>
    public static long VisibleBytes(IReadOnlyCollection<int[]> images)
    {
        var count = 0L;
        var seen = new HashSet<int>();
        for (var block = 0; block < images.First().Length; block++)
        {
            seen.Clear();
            foreach (var image in images)
            {
                if (image[block] != 0)
                    seen.Add(image[block]);
            }

            count += seen.Count;
        }

        return count * BlockBytes;
    }

    private static string Describe(ReadOnlySpan<byte> bytes, int block)
    {
        var first = MemoryMarshal.Read<ulong>(bytes);
        var version = VersionOf(bytes[..BlockBytes], block);
        return version >= 0 ? $"version {version}" : $"what starts with {first:x16}";
    }

    private static IEnumerable<(long Offset, long LengthBytes, uint Flags)> StatusAt(NbdClient client)
    {
        var offset = 0L;
        foreach (var extent in client.BlockStatus("base:allocation", 0, client.SizeBytes))
        {
            yield return (offset, extent.LengthBytes, extent.Flags);
            offset += extent.LengthBytes;
        }
    }

    private bool IsTouched((long Offset, long LengthBytes, uint Flags) extent)
    {
        const long chunkBytes = ChunkBlocks * BlockBytes;
        for (var chunk = extent.Offset / chunkBytes; chunk * chunkBytes < extent.Offset + extent.LengthBytes; chunk++)
        {
            if (!_touchedChunks[chunk])
                return false;
        }

        return true;
    }

    private void Mark(int firstBlock, int count, int version)
    {
        Versions.AsSpan(firstBlock, count).Fill(version);
        for (var block = firstBlock; block < firstBlock + count; block++)
            _touchedChunks[block / ChunkBlocks] = true;
    }
}
