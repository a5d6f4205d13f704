namespace Tidemark.Bench.Servers;

/// <summary>The state of a disk at the start of a point.</summary>
internal enum PointStart
{
    /// <summary>As the last point left it.</summary>
    AsItIs,

    /// <summary>A snapshot has just been taken.</summary>
    FreshSnapshot,

    /// <summary>Nothing was ever written to it.</summary>
    EmptyDisk,
}
