using Tidemark.Nbd;

namespace Tidemark.Disks.Tests;

/// <summary>What a client makes of the answers to BLOCK_STATUS.</summary>
internal static class BlockStatus
{
    /// <summary>One answer, extents as they came.</summary>
    public static List<(long LengthBytes, uint Flags)> Once(
        Export export, string context, long offset, long lengthBytes, int extentsMax = 100)
    {
        var extents = new List<StatusExtent>();
        Assert.Equal(NbdError.None, export.BlockStatus(context, offset, lengthBytes, extentsMax, extents));
        Assert.InRange(extents.Count, 1, extentsMax);
        return extents.ConvertAll(extent => (extent.LengthBytes, extent.Flags));
    }

    /// <summary>
    /// The whole range, asked for in as many requests as it takes, each of at most 4 GiB − 512; neighbours merged.
    /// </summary>
    public static List<(long LengthBytes, uint Flags)> Whole(Export export, string context, int extentsMax)
    {
        var whole = new List<(long LengthBytes, uint Flags)>();
        for (var offset = 0L; offset < export.SizeBytes;)
        {
            var rest = Math.Min(export.SizeBytes - offset, uint.MaxValue - 511L);
            foreach (var (lengthBytes, flags) in Once(export, context, offset, rest, extentsMax))
            {
                var taken = Math.Min(lengthBytes, rest);
                Assert.True(taken > 0, $"an extent of {lengthBytes} bytes at {offset}");
                if (whole.Count > 0 && whole[^1].Flags == flags)
                    whole[^1] = (whole[^1].LengthBytes + taken, flags);
                else
                    whole.Add((taken, flags));
                offset += taken;
                rest -= taken;
            }
        }

        return whole;
    }
}
