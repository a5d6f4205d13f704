namespace Tidemark.Disks;

/// <summary>Fills a buffer with random bytes. May be called from several threads at once.</summary>
public delegate void FillRandom(Span<byte> destination);
