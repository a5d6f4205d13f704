namespace Tidemark.EndToEnd.Support;

/// <summary>What each block may be: the last write that was answered, or one that was sent after it.</summary>
/// <param name="Answered">The oldest version that may be found, by slot.</param>
/// <param name="Sent">The newest version that may be found, by slot.</param>
internal sealed record BlockBounds(int[] Answered, int[] Sent);
