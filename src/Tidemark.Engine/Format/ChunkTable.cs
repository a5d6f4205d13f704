namespace Tidemark.Engine.Format;

/// <summary>Where one of a chunk's tables is.</summary>
/// <param name="OffsetBytes">From the start of the chunk.</param>
/// <param name="LengthBytes">The length used; the table is padded with zeros to whole blocks.</param>
/// <param name="Crc">The checksum of the table with its padding.</param>
internal readonly record struct ChunkTable(long OffsetBytes, int LengthBytes, uint Crc)
{
    /// <summary>The length with the padding.</summary>
    public int PaddedBytes => (int)Blocks.AlignUp(LengthBytes);
}
