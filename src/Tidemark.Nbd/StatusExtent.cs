namespace Tidemark.Nbd;

/// <summary>A run of bytes that share one status in a meta context.</summary>
/// <param name="LengthBytes">Length of the run, above zero, a multiple of 512.</param>
/// <param name="Flags">
/// The context's flags. <c>base:allocation</c>: <see cref="Hole"/>, <see cref="Zero"/>.
/// <c>qemu:dirty-bitmap:*</c>: <see cref="Dirty"/>.
/// </param>
public readonly record struct StatusExtent(long LengthBytes, uint Flags)
{
    /// <summary><c>base:allocation</c>: nothing is allocated here.</summary>
    public const uint Hole = 1;

    /// <summary><c>base:allocation</c>: reads as zeros.</summary>
    public const uint Zero = 2;

    /// <summary><c>qemu:dirty-bitmap:*</c>: changed since the point that the bitmap is named after.</summary>
    public const uint Dirty = 1;
}
