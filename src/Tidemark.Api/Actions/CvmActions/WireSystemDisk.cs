namespace Tidemark.Api.Actions.CvmActions;

/// <summary>The disk that an instance starts from; hosts have none of this server.</summary>
internal sealed record WireSystemDisk(string DiskType, string DiskId, long DiskSize);
