using System.CommandLine;
using Tidemark.Hosting;
using Tidemark.Output;
using Tidemark.Verbs;

namespace Tidemark.Program.Tests.Verbs;

public sealed class ServerOptionsTests
{
    [Fact]
    public void Without_options_a_server_is_lenient_and_unlimited()
    {
        var settings = Read("");

        Assert.Equal("ap-guangzhou", settings.Region);
        Assert.Equal(Enumerable.Range(1, 7).Select(number => $"ap-guangzhou-{number}"), settings.Zones);
        Assert.Empty(settings.OtherRegions);
        Assert.False(settings.StrictSizes || settings.StrictInstances || settings.EnforcePerformance);
        Assert.True(settings.KeepsSafetySnapshots);
        Assert.Equal(TimeSpan.Zero, settings.KeepDeleted);
        Assert.Equal((10_000, long.MaxValue), (settings.SnapshotQuota, settings.SnapshotBytesMax));
    }

    [Fact]
    public void Each_rule_has_its_option()
    {
        var settings = Read(
            "--strict-sizes --strict-instances --enforce-performance --keep-deleted 7d --no-safety-snapshots "
            + "--snapshot-quota 5 --snapshot-size-quota 20GiB");

        Assert.True(settings.StrictSizes && settings.StrictInstances && settings.EnforcePerformance);
        Assert.False(settings.KeepsSafetySnapshots);
        Assert.Equal(TimeSpan.FromDays(7), settings.KeepDeleted);
        Assert.Equal((5, 20L << 30), (settings.SnapshotQuota, settings.SnapshotBytesMax));
    }

    [Theory]
    [InlineData("--region near", "near: near-1 near-2 near-3 near-4 near-5 near-6 near-7")]
    [InlineData("--region near --zone a --zone b", "near: a b")]
    [InlineData("--region near=a,b", "near: a b")]
    [InlineData("--region near=a,b --region far=c --region third=d", "near: a b; far: c; third: d")]
    [InlineData("--region near --region far=c --zone a", "near: a; far: c")]
    [InlineData("--zone a", "ap-guangzhou: a")]
    public void Regions_and_their_zones(string options, string expected)
    {
        var settings = Read(options);

        var found = settings.OtherRegions.Select(region => (region.Name, region.Zones))
            .Prepend((settings.Region, settings.Zones))
            .Select(region => $"{region.Item1}: {string.Join(' ', region.Item2)}");
        Assert.Equal(expected, string.Join("; ", found));
    }

    [Theory]
    [InlineData("--region near=a --zone b", "twice")]
    [InlineData("--region near --region near", "near")]
    [InlineData("--region near=a --region far=a", "zone a")]
    [InlineData("--region near=a,a", "zone a")]
    [InlineData("--region =a", "''")]
    [InlineData("--region near=", "''")]
    [InlineData("--region near=a,,b", "''")]
    [InlineData("--region ne/ar", "ne/ar")]
    [InlineData("--zone x;y", "x;y")]
    [InlineData("--keep-deleted soon", "soon")]
    [InlineData("--keep-deleted 7", "7")]
    [InlineData("--snapshot-size-quota 5GB", "5GB")]
    [InlineData("--snapshot-quota -1", "-1")]
    public void What_cannot_be_is_wrong_usage(string options, string named)
    {
        var refusal = Assert.Throws<CommandException>(() => Read(options));

        Assert.Equal(ExitCode.Usage, refusal.ExitCode);
        Assert.Contains(named, refusal.Message, StringComparison.Ordinal);
        Assert.NotEmpty(refusal.NextStep);
    }

    private static ServerSettings Read(string text)
    {
        var options = new ServerOptions();
        var command = new RootCommand();
        foreach (var option in options.All)
            command.Options.Add(option);
        return options.Read(command.Parse(text.Split(' ', StringSplitOptions.RemoveEmptyEntries)));
    }
}
