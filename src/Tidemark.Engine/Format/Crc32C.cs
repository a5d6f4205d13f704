using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Tidemark.Engine.Format;

/// <summary>
/// CRC-32C (Castagnoli), the checksum of every block and of every structure on disk. Uses the processor's instruction
/// where there is one. The value of "123456789" is 0xE3069283.
/// </summary>
internal static class Crc32C
{
    private const int WordBytes = sizeof(ulong);

    // The instruction has a latency of three cycles and can be issued in each: three streams keep it busy.
    private const int StreamCount = 3;

    // The largest whole number of words of which three fit in a block; what is left over is done at the end.
    private const int ThirdBytes = Blocks.SizeBytes / StreamCount / WordBytes * WordBytes;

    private static readonly uint[] MovedByThird = ComputeMovedByThird();

    /// <summary>
    /// The checksum of <paramref name="data"/>. With the checksum of what precedes it as <paramref name="seed"/>, the
    /// result is that of both together.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static uint Compute(ReadOnlySpan<byte> data, uint seed = 0)
    {
        var crc = ~seed;
        ref var start = ref MemoryMarshal.GetReference(data);
        var index = 0;
        for (; index <= data.Length - WordBytes; index += WordBytes)
            crc = BitOperations.Crc32C(crc, Word(ref start, index));
        for (; index < data.Length; index++)
            crc = BitOperations.Crc32C(crc, data[index]);
        return ~crc;
    }

    /// <summary>The checksum of each block of <paramref name="data"/>, which is a whole number of blocks.</summary>
    /// <exception cref="ArgumentException">The lengths do not fit together.</exception>
    public static void ComputeBlocks(ReadOnlySpan<byte> data, Span<uint> crcs)
    {
        CheckLengths(data.Length, crcs.Length);
        var index = 0;
        for (; index <= crcs.Length - StreamCount; index += StreamCount)
        {
            ThreeBlocks(
                ref Unsafe.Add(ref MemoryMarshal.GetReference(data), (nint)index * Blocks.SizeBytes),
                out crcs[index],
                out crcs[index + 1],
                out crcs[index + 2]);
        }

        for (; index < crcs.Length; index++)
            crcs[index] = OneBlock(ref MemoryMarshal.GetReference(data[(index * Blocks.SizeBytes)..]));
    }

    /// <summary>
    /// The index of the first block whose checksum is not the one in <paramref name="crcs"/>; -1 when all agree.
    /// </summary>
    /// <exception cref="ArgumentException">The lengths do not fit together.</exception>
    public static int FirstMismatch(ReadOnlySpan<byte> data, ReadOnlySpan<uint> crcs)
    {
        CheckLengths(data.Length, crcs.Length);
        var index = 0;
        for (; index <= crcs.Length - StreamCount; index += StreamCount)
        {
            ThreeBlocks(
                ref Unsafe.Add(ref MemoryMarshal.GetReference(data), (nint)index * Blocks.SizeBytes),
                out var first,
                out var second,
                out var third);
            if (first != crcs[index])
                return index;
            if (second != crcs[index + 1])
                return index + 1;
            if (third != crcs[index + 2])
                return index + 2;
        }

        for (; index < crcs.Length; index++)
        {
            if (OneBlock(ref MemoryMarshal.GetReference(data[(index * Blocks.SizeBytes)..])) != crcs[index])
                return index;
        }

        return -1;
    }

    // One block as three streams of a third each, joined at the end: a checksum is linear, so that of two parts is that
    // of the first moved on by the second's length, plus that of the second.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static uint OneBlock(ref byte start)
    {
        uint a = ~0u, b = 0, c = 0;
        var index = 0;
        for (; index < ThirdBytes; index += WordBytes)
        {
            a = BitOperations.Crc32C(a, Word(ref start, index));
            b = BitOperations.Crc32C(b, Word(ref start, index + ThirdBytes));
            c = BitOperations.Crc32C(c, Word(ref start, index + 2 * ThirdBytes));
        }

        var crc = MoveOn(MoveOn(a) ^ b) ^ c;
        for (index = 3 * ThirdBytes; index < Blocks.SizeBytes; index += WordBytes)
            crc = BitOperations.Crc32C(crc, Word(ref start, index));
        return ~crc;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint MoveOn(uint crc)
    {
        ref var moved = ref MemoryMarshal.GetArrayDataReference(MovedByThird);
        return Unsafe.Add(ref moved, (nint)(crc & 0xFF))
            ^ Unsafe.Add(ref moved, (nint)(256 + ((crc >> 8) & 0xFF)))
            ^ Unsafe.Add(ref moved, (nint)(512 + ((crc >> 16) & 0xFF)))
            ^ Unsafe.Add(ref moved, (nint)(768 + (crc >> 24)));
    }

    // For each byte of a checksum at each of its four places: what it becomes after a third of a block of zeros.
    private static uint[] ComputeMovedByThird()
    {
        var moved = new uint[sizeof(uint) * 256];
        for (var index = 0; index < moved.Length; index++)
        {
            var crc = (uint)(index & 0xFF) << (8 * (index >> 8));
            for (var done = 0; done < ThirdBytes; done += WordBytes)
                crc = BitOperations.Crc32C(crc, 0UL);
            moved[index] = crc;
        }

        return moved;
    }

    // Optimized at the first call: the slow first form of such a loop would be felt for seconds after each start.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ThreeBlocks(ref byte start, out uint first, out uint second, out uint third)
    {
        uint a = ~0u, b = ~0u, c = ~0u;
        for (var index = 0; index < Blocks.SizeBytes; index += WordBytes)
        {
            a = BitOperations.Crc32C(a, Word(ref start, index));
            b = BitOperations.Crc32C(b, Word(ref start, index + Blocks.SizeBytes));
            c = BitOperations.Crc32C(c, Word(ref start, index + 2 * Blocks.SizeBytes));
        }

        first = ~a;
        second = ~b;
        third = ~c;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Word(ref byte start, int index)
    {
        var word = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref start, index));
        return BitConverter.IsLittleEndian ? word : System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(word);
    }

    private static void CheckLengths(int dataLength, int crcCount)
    {
        if (dataLength != (long)crcCount * Blocks.SizeBytes)
        {
            throw new ArgumentException(
                $"{dataLength} bytes do not go with {crcCount} checksums of {Blocks.SizeBytes}-byte blocks.");
        }
    }
}
