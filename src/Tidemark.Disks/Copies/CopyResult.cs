namespace Tidemark.Disks.Copies;

/// <summary>What became of a copy to one region.</summary>
/// <param name="SnapshotId">The new snapshot there; empty when it was refused.</param>
/// <param name="Region">The region.</param>
/// <param name="Code"><see cref="Success"/>, or one of <see cref="ErrorCode"/>.</param>
/// <param name="Message">The reason in words; empty on success.</param>
public sealed record CopyResult(string SnapshotId, string Region, string Code, string Message)
{
    /// <summary>What <see cref="Code"/> says when the copy was accepted.</summary>
    public const string Success = "Success";
}
