using Tidemark.Nbd.Tests.Support;

namespace Tidemark.Nbd.Tests;

/// <summary>Requests that carry no payload and change or warm a range, in raw bytes.</summary>
public sealed class ZeroRequestTests
{
    private const ushort Trim = 4;
    private const ushort Cache = 5;
    private const ushort Zero = 6;

    private const ushort Fua = 1;
    private const ushort NoHole = 2;
    private const ushort FastZero = 16;

    [Fact]
    public async Task Trim_zeroes_and_cache_reach_the_export()
    {
        await using var server = new TestServer();
        using var client = server.Open();
        Assert.Equal(NbdError.None, client.Result(Trim, 4096, 8192));
        Assert.Equal(NbdError.None, client.Result(Zero, 0, 4096));
        Assert.Equal(NbdError.None, client.Result(Zero, 0, 4096, NoHole));
        Assert.Equal(NbdError.None, client.Result(Cache, 0, 1 << 20));
        Assert.Equal(0, server.Disk.FlushCount);
        Assert.Equal(NbdError.None, client.Result(Trim, 4096, 8192, Fua));
        Assert.Equal(NbdError.None, client.Result(Zero, 0, 4096, Fua));
        Assert.Equal(2, server.Disk.FlushCount);
        Assert.Equal(
            ["trim 4096 8192 False", "zero 0 4096 False", "zero 0 4096 True", "cache 0 1048576",
                "trim 4096 8192 False", "zero 0 4096 False"],
            server.Disk.Calls);
    }

    [Fact]
    public async Task Zeroes_that_must_be_fast_reach_the_export_as_such()
    {
        await using var server = new TestServer();
        using var client = server.Open();
        Assert.Equal(NbdError.None, client.Result(Zero, 0, 8192, FastZero));
        Assert.Equal(NbdError.None, client.Result(Zero, 512, 16384, FastZero | Fua));
        Assert.Equal(NbdError.NotSupported, client.Result(Zero, 0, 512, FastZero | Fua));
        Assert.Equal(1, server.Disk.FlushCount);
        Assert.Equal(["zero 0 8192 False", "zero 512 16384 False"], server.Disk.Calls);
    }
}
