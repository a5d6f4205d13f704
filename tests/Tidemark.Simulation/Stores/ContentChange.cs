namespace Tidemark.Simulation.Stores;

/// <summary>A change of a file's content or length that no sync has covered yet.</summary>
/// <param name="Call">The number of the call that made it.</param>
/// <param name="Offset">Where it begins, in bytes.</param>
/// <param name="LengthBytes">How far it reaches.</param>
/// <param name="Bytes">What was written; empty for zeros.</param>
/// <param name="FileLengthBytes">The length of the file after it.</param>
internal sealed record ContentChange(
    int Call, long Offset, long LengthBytes, ReadOnlyMemory<byte> Bytes, long FileLengthBytes)
{
    /// <summary>Applies the part that falls into a page.</summary>
    public void ApplyTo(byte[] page, long pageOffset)
    {
        var from = Math.Max(Offset, pageOffset);
        var to = Math.Min(Offset + LengthBytes, pageOffset + page.Length);
        if (from >= to)
            return;
        var target = page.AsSpan((int)(from - pageOffset), (int)(to - from));
        if (Bytes.IsEmpty)
            target.Clear();
        else
            Bytes.Span.Slice((int)(from - Offset), target.Length).CopyTo(target);
    }

    /// <summary>True when it touches a page.</summary>
    public bool Touches(long pageOffset, int pageBytes) =>
        Offset < pageOffset + pageBytes && Offset + LengthBytes > pageOffset;
}
