using Tidemark.Engine.Format;
using Tidemark.Engine.Index;
using Tidemark.Engine.Map;

namespace Tidemark.Engine.Layers;

/// <summary>What a thread needs to read, made once for each thread that reads.</summary>
internal sealed class ReadScratch
{
    [ThreadStatic]
    private static ReadScratch? _current;

    /// <summary>The calling thread's own.</summary>
    public static ReadScratch Current => _current ??= new ReadScratch();

    /// <summary>Addresses of the blocks of one request within a region.</summary>
    public long[] Addresses { get; } = new long[RegionMap.RegionBlocks];

    /// <summary>Their checksums.</summary>
    public uint[] Crcs { get; } = new uint[RegionMap.RegionBlocks];

    /// <summary>A region being resolved.</summary>
    public RegionFill Fill { get; } = new();

    /// <summary>What one run says about a region.</summary>
    public ExtentBuffer Found { get; } = new();

    /// <summary>One block, for requests smaller than that.</summary>
    public byte[] Block { get; } = new byte[Blocks.SizeBytes];
}
