namespace Tidemark.Disks;

/// <summary>What a client token stands for.</summary>
/// <param name="Token">The token.</param>
/// <param name="ContentHash">Of the request that came with it first.</param>
/// <param name="DiskIds">The disks.</param>
/// <param name="IsComplete">Whether all of them were made.</param>
internal sealed record ClientToken(string Token, string ContentHash, IReadOnlyList<string> DiskIds, bool IsComplete);
