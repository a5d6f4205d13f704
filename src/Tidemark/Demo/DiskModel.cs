using Tidemark.Nbd;

namespace Tidemark.Demo;

/// <summary>
/// What a disk must hold: for each piece of 64 KiB the seed of its bytes, or nothing where it reads as zeros. Copies of
/// it are what snapshots must hold.
/// </summary>
internal sealed class DiskModel
{
    /// <summary>The unit of writing and of the model.</summary>
    public const int PieceBytes = 64 << 10;

    private const int ReadBytes = 1 << 20;

    private readonly Dictionary<long, int> _seeds;

    /// <summary>An empty disk.</summary>
    public DiskModel()
        : this([])
    {
    }

    private DiskModel(Dictionary<long, int> seeds) => _seeds = seeds;

    /// <summary>Bytes that hold data.</summary>
    public long DataBytes => (long)_seeds.Count * PieceBytes;

    /// <summary>The same content, independent from now on.</summary>
    public DiskModel Copy() => new(new Dictionary<long, int>(_seeds));

    /// <summary>Writes a piece of bytes drawn from a seed, to the disk and to the model.</summary>
    public void Write(NbdClient disk, long piece, int seed)
    {
        var bytes = new byte[PieceBytes];
        Fill(seed, bytes);
        disk.Write(piece * PieceBytes, bytes);
        _seeds[piece] = seed;
    }

    /// <summary>Trims pieces, on the disk and in the model.</summary>
    public void Trim(NbdClient disk, long firstPiece, int count)
    {
        disk.Trim(firstPiece * PieceBytes, (long)count * PieceBytes);
        for (var piece = firstPiece; piece < firstPiece + count; piece++)
            _seeds.Remove(piece);
    }

    /// <summary>Compares every byte of an export with the model; the offset of the first wrong byte, or null.</summary>
    public long? FindDifference(NbdUri export, CancellationToken cancellation)
    {
        using var disk = NbdClient.Connect(export);
        var found = new byte[ReadBytes];
        var expected = new byte[PieceBytes];
        for (var offset = 0L; offset < disk.SizeBytes; offset += ReadBytes)
        {
            cancellation.ThrowIfCancellationRequested();
            disk.Read(offset, found);
            for (var start = 0; start < ReadBytes; start += PieceBytes)
            {
                Expect((offset + start) / PieceBytes, expected);
                var same = found.AsSpan(start, PieceBytes).CommonPrefixLength(expected);
                if (same < PieceBytes)
                    return offset + start + same;
            }
        }

        disk.Disconnect();
        return null;
    }

    private void Expect(long piece, Span<byte> bytes)
    {
        if (_seeds.TryGetValue(piece, out var seed))
            Fill(seed, bytes);
        else
            bytes.Clear();
    }

    private static void Fill(int seed, Span<byte> bytes) => new Random(seed).NextBytes(bytes);
}
