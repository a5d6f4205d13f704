using System.Buffers;
using Tidemark.Engine.Catalog;
using Tidemark.Engine.Format;
using Tidemark.Engine.Stores;

namespace Tidemark.Engine.Index;

/// <summary>
/// The index chunks of a store, in index files and in segment footers: opens them for reading, keeps the directories of
/// those used lately, and creates new index files. Everything read is verified. Safe for concurrent use; no lock is
/// held while a file is read.
/// </summary>
internal sealed class ChunkFiles : IDisposable
{
    /// <summary>The most index files kept open, when nothing else is said.</summary>
    public const int OpenFilesMax = 1024;

    /// <summary>The memory for directories, when nothing else is said: 32 MiB.</summary>
    public const long DirectoryBytesDefault = 32L * 1024 * 1024;

    private readonly Store _store;
    private readonly SegmentRead _readSegment;
    private readonly Func<long> _nextChunkId;
    private readonly OpenFileCache _openFiles;
    private readonly DirectoryCache _directories;

    /// <summary>Binds to a store, which the caller owns.</summary>
    /// <param name="store">Holds the index files.</param>
    /// <param name="readSegment">Reads from segments, for footers.</param>
    /// <param name="nextChunkId">Gives ids for new index files, each once.</param>
    /// <param name="directoryBytesMax">The memory for directories.</param>
    /// <param name="openFilesMax">The most index files kept open.</param>
    public ChunkFiles(
        Store store,
        SegmentRead readSegment,
        Func<long> nextChunkId,
        long directoryBytesMax = DirectoryBytesDefault,
        int openFilesMax = OpenFilesMax)
    {
        _store = store;
        _readSegment = readSegment;
        _nextChunkId = nextChunkId;
        _openFiles = new OpenFileCache(store, openFilesMax);
        _directories = new DirectoryCache(directoryBytesMax);
    }

    /// <summary>
    /// The most that a cursor reads ahead, in bytes; a cursor begins with one page and grows to this.
    /// </summary>
    public int ReadAheadBytesMax { get; init; } = ChunkBuilder.PieceBytes;

    /// <summary>A chunk for reading. Reads nothing yet.</summary>
    public Chunk Open(ChunkRow row) => new(row, this);

    /// <summary>
    /// Closes an index file and removes it. The removal is durable after the area's names are synced.
    /// </summary>
    public void Delete(long chunkId)
    {
        _openFiles.Forget(chunkId);
        _directories.Forget(new ChunkPlace(IsFooter: false, chunkId));
        _store.Delete(StoreArea.Index, chunkId);
    }

    /// <summary>Drops what is kept of a segment's footer, when the segment goes.</summary>
    public void ForgetFooter(long segmentId) => _directories.Forget(new ChunkPlace(IsFooter: true, segmentId));

    /// <inheritdoc/>
    public void Dispose() => _openFiles.Dispose();

    internal StoreFile Create() => _store.Create(StoreArea.Index, _nextChunkId());

    internal void SyncNames() => _store.SyncNames(StoreArea.Index);

    /// <summary>The directory if it is in memory; reads nothing.</summary>
    internal ChunkDirectory? FindDirectory(ChunkRow row) => _directories.Find(PlaceOf(row));

    /// <summary>The directory, read and verified when it is not in memory.</summary>
    internal ChunkDirectory GetDirectory(ChunkRow row)
    {
        var place = PlaceOf(row);
        var known = _directories.Find(place);
        if (known is not null)
            return known;
        var directory = ReadDirectory(row);
        _directories.Add(place, directory);
        return directory;
    }

    /// <summary>Reads and verifies the directory anew.</summary>
    internal ChunkDirectory ReadDirectory(ChunkRow row)
    {
        var header = ReadHeader(row);
        var fences = ReadTable(row, header.Fences, "the fence table");
        var regions = ReadTable(row, header.Regions, "the region table");
        try
        {
            return new ChunkDirectory(header, fences, regions);
        }
        catch (InvalidDataException wrong)
        {
            throw Corruption(row, header.Fences.OffsetBytes, "tables in order", wrong.Message);
        }
    }

    /// <summary>Reads and verifies one of the chunk's tables; the padding is left out.</summary>
    internal byte[] ReadTable(ChunkRow row, ChunkTable table, string name)
    {
        var bytes = new byte[table.PaddedBytes];
        Read(row, table.OffsetBytes, bytes);
        var crc = Crc32C.Compute(bytes);
        return crc == table.Crc
            ? bytes[..table.LengthBytes]
            : throw Corruption(row, table.OffsetBytes, $"{name} with checksum 0x{table.Crc:X8}", $"0x{crc:X8}");
    }

    /// <summary>Fills <paramref name="destination"/> from an offset within the chunk.</summary>
    internal void Read(ChunkRow row, long offsetBytes, Span<byte> destination)
    {
        var offset = row.OffsetBytes + offsetBytes;
        var found = row.IsFooter
            ? _readSegment(row.ObjectId, offset, destination)
            : _openFiles.Read(row.ObjectId, offset, destination);
        if (found != destination.Length)
            throw Corruption(row, offsetBytes, $"{destination.Length} bytes", $"{found}, then the end of the file");
    }

    /// <summary>The error for what is wrong at an offset within the chunk.</summary>
    internal CorruptionException Corruption(ChunkRow row, long offsetBytes, string expected, string found)
    {
        var name = row.IsFooter ? $"footer of segment {row.ObjectId}" : _openFiles.NameOf(row.ObjectId);
        return new CorruptionException(name, row.OffsetBytes + offsetBytes, expected, found);
    }

    private static ChunkPlace PlaceOf(ChunkRow row) => new(row.IsFooter, row.ObjectId);

    private ChunkHeader ReadHeader(ChunkRow row)
    {
        var block = ArrayPool<byte>.Shared.Rent(Blocks.SizeBytes);
        try
        {
            var span = block.AsSpan(0, Blocks.SizeBytes);
            Read(row, 0, span);
            if (!ChunkHeader.TryRead(span, out var header, out var reason))
                throw Corruption(row, 0, "a chunk header", reason);

            // The chunk may have been adopted since, so that layer and run are other ones.
            var stated = ChunkBuilder.ToRow(header, row.OffsetBytes) with
            {
                LayerId = row.LayerId,
                RunNumber = row.RunNumber,
            };
            return stated == row ? header : throw Corruption(row, 0, row.ToString(), stated.ToString());
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block);
        }
    }
}
