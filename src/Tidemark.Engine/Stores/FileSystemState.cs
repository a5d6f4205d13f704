namespace Tidemark.Engine.Stores;

/// <summary>What statfs(2) says about the file system that holds a path.</summary>
/// <param name="Type">The magic number of the kind of file system.</param>
/// <param name="FreeBytes">Bytes that a program without privileges can still allocate.</param>
/// <param name="CapacityBytes">The size of the file system.</param>
internal readonly record struct FileSystemState(long Type, long FreeBytes, long CapacityBytes);
