namespace Tidemark.Nbd;

/// <summary>One write of a batch; its bytes are a slice of the buffer that the whole batch shares.</summary>
/// <param name="Offset">Where on the export, in bytes; a multiple of 512.</param>
/// <param name="PayloadStart">Where its bytes begin in the batch's payload; no alignment is promised.</param>
/// <param name="LengthBytes">How many bytes, 512 to 1 MiB, a multiple of 512.</param>
public readonly record struct WriteRequest(long Offset, int PayloadStart, int LengthBytes);
