namespace Tidemark.Engine.Stores;

/// <summary>
/// One 4 KiB page of a simulated file, as the page cache and as the device have it. Null stands for zeros. An array
/// that two of the fields share is never changed.
/// </summary>
internal sealed class SimulatedPage
{
    /// <summary>The size of a page in bytes.</summary>
    public const int SizeBytes = 4096;

    /// <summary>The unit that a device writes whole, in bytes.</summary>
    public const int SectorSizeBytes = 512;

    private const int SectorsPerPage = SizeBytes / SectorSizeBytes;
    private const int TornOneIn = 8;

    /// <summary>What reads see.</summary>
    public byte[]? Live { get; private set; }

    /// <summary>What the device surely has.</summary>
    public byte[]? Durable { get; private set; }

    /// <summary>True while the content was changed since the last sync.</summary>
    public bool IsDirty { get; private set; }

    /// <summary>True while the page is in memory, so that a read need not wait.</summary>
    public bool IsResident { get; set; } = true;

    /// <summary>True while space on the device is taken for the page.</summary>
    public bool IsAllocated { get; set; }

    /// <summary>True when nothing tells the page from one that never was.</summary>
    public bool IsBlank => !IsDirty && !IsAllocated && Live is null && Durable is null;

    private byte[]? WrittenOut { get; set; }

    private bool HasWrittenOut { get; set; }

    /// <summary>Changes a part of the page.</summary>
    public void Write(int offset, ReadOnlySpan<byte> bytes)
    {
        if (Live is null || ReferenceEquals(Live, Durable) || ReferenceEquals(Live, WrittenOut))
        {
            var isWhole = bytes.Length == SizeBytes;
            var fresh = isWhole || Live is not null
                ? GC.AllocateUninitializedArray<byte>(SizeBytes)
                : new byte[SizeBytes];
            if (!isWhole)
                Live?.CopyTo(fresh, 0);
            Live = fresh;
        }

        bytes.CopyTo(Live.AsSpan(offset));
        IsDirty = true;
        IsResident = true;
    }

    /// <summary>Makes the whole page zeros.</summary>
    public void Clear()
    {
        IsDirty |= Live is not null || Durable is not null;
        Live = null;
        IsResident = true;
    }

    /// <summary>Notes what a write-out that begins now may bring to the device.</summary>
    public void StartWriteOut()
    {
        if (!IsDirty)
            return;
        WrittenOut = Live;
        HasWrittenOut = true;
    }

    /// <summary>Brings the content to the device.</summary>
    public void Sync()
    {
        if (IsDirty)
            Durable = Live;
        Settle();
    }

    /// <summary>Loses what was to be synced: reads go on to see it, the device never gets it.</summary>
    public void LoseSync() => Settle();

    /// <summary>Forgets the copy in memory, unless it is still to be written.</summary>
    public void DropResident()
    {
        if (IsDirty)
            return;
        Live = Durable;
        IsResident = false;
    }

    /// <summary>
    /// Becomes what a power cut leaves: for a changed page the old content, the new, what was written out between, or
    /// two of them split at a sector.
    /// </summary>
    public void CutPower(Random random, double persistedShare)
    {
        if (IsDirty)
        {
            var content = AnyVersion(random, persistedShare);
            if (random.Next(TornOneIn) == 0)
                content = Tear(content, AnyVersion(random, persistedShare), random);
            Durable = content;
        }

        Live = Durable;
        IsAllocated |= Durable is not null;
        IsResident = false;
        Settle();
    }

    /// <summary>Makes everything from an offset on zeros, without a trace: for what lies beyond the end.</summary>
    public void CutAt(int offset)
    {
        if (offset == 0)
            Durable = Live = null;
        if (Durable is null)
            return;
        var fresh = new byte[SizeBytes];
        Durable.AsSpan(0, offset).CopyTo(fresh);
        Durable = Live = fresh;
    }

    private byte[]? AnyVersion(Random random, double persistedShare)
    {
        if (random.NextDouble() >= persistedShare)
            return Durable;
        return HasWrittenOut && random.Next(2) == 0 ? WrittenOut : Live;
    }

    private static byte[]? Tear(byte[]? first, byte[]? second, Random random)
    {
        if (ReferenceEquals(first, second))
            return first;
        var torn = new byte[SizeBytes];
        var split = random.Next(1, SectorsPerPage) * SectorSizeBytes;
        first?.AsSpan(0, split).CopyTo(torn);
        second?.AsSpan(split).CopyTo(torn.AsSpan(split));
        return torn;
    }

    private void Settle()
    {
        IsDirty = false;
        WrittenOut = null;
        HasWrittenOut = false;
    }
}
