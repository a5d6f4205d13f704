using Tidemark.Engine.Stores;

namespace Tidemark.Engine.Tests.Index;

/// <summary>
/// A store in memory, for tests of formats: it loses nothing, but counts reads and can be told to be full.
/// </summary>
internal sealed class ScratchStore : Store
{
    private readonly Dictionary<(StoreArea, long), MemoryStream> _files = [];

    public long ReadBytes { get; set; }

    public int SyncCount { get; set; }

    public int WritesLeft { get; set; } = int.MaxValue;

    public override long FreeBytes => long.MaxValue;

    public byte[] Bytes(StoreArea area, long id) => _files[(area, id)].ToArray();

    public void Replace(StoreArea area, long id, byte[] bytes)
    {
        _files[(area, id)].SetLength(0);
        _files[(area, id)].Write(bytes);
    }

    protected override StoreFile CreateCore(StoreArea area, long id)
    {
        if (!_files.TryAdd((area, id), new MemoryStream()))
            throw new StoreException(StoreFault.AlreadyExists, $"{area} {id} exists.");
        return Open(area, id, true);
    }

    protected override StoreFile OpenCore(StoreArea area, long id, bool writable) =>
        _files.TryGetValue((area, id), out var bytes)
            ? new ScratchFile(this, area, id, bytes)
            : throw new StoreException(StoreFault.Missing, $"{area} {id} is missing.");

    protected override void DeleteCore(StoreArea area, long id) => _files.Remove((area, id));

    protected override void MoveToLostCore(StoreArea area, long id) => _files.Remove((area, id));

    public override int PurgeLost(DateTimeOffset before) => 0;

    public override IReadOnlyList<long> List(StoreArea area) =>
        [.. _files.Keys.Where(key => key.Item1 == area).Select(key => key.Item2)];

    public override void SyncNames(StoreArea area) => SyncCount++;

    protected override byte[]? ReadObjectCore(string name) => null;

    protected override void WriteObjectCore(string name, ReadOnlySpan<byte> content) =>
        throw new NotSupportedException();

    public override bool IsReserveHeld => true;

    public override void ReleaseReserve()
    {
    }

    public override bool TryRestoreReserve() => true;

    private sealed class ScratchFile(ScratchStore store, StoreArea area, long id, MemoryStream bytes) : StoreFile
    {
        public override StoreArea Area => area;

        public override long Id => id;

        public override string Name => $"{area}/{id}";

        public override long LengthBytes => bytes.Length;

        public override long AllocatedBytes => bytes.Length;

        protected override void WriteCore(long offset, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
        {
            if (store.WritesLeft-- <= 0)
                throw new StoreException(StoreFault.NoSpace, $"{Name}: no space.");
            bytes.Position = offset;
            bytes.Write(first);
            bytes.Write(second);
        }

        protected override int ReadCore(long offset, Span<byte> destination)
        {
            bytes.Position = offset;
            var count = bytes.ReadAtLeast(destination, destination.Length, throwOnEndOfStream: false);
            store.ReadBytes += count;
            return count;
        }

        protected override bool TryReadResidentCore(long offset, Span<byte> destination) => false;

        protected override void AllocateCore(long offset, long lengthBytes)
        {
        }

        protected override void StartWriteOutCore(long offset, long lengthBytes)
        {
        }

        public override void Sync() => store.SyncCount++;

        protected override void PunchCore(long offset, long lengthBytes) => throw new NotSupportedException();

        protected override void TruncateCore(long lengthBytes) => bytes.SetLength(lengthBytes);

        public override void DropResident()
        {
        }
    }
}
