using System.Text.Json;
using Tidemark.Output;

namespace Tidemark.Program.Tests;

public sealed class QuotaVerbTests(RunningServer server) : IClassFixture<RunningServer>
{
    [Fact]
    public async Task Quotas_are_listed_for_people_and_programs()
    {
        var table = await server.RunAsync("quota", "list");
        var same = await server.RunAsync("quota", "ls");
        var json = (await server.RunAsync("quota", "list", "-o", "json")).Json();

        Assert.Equal(ExitCode.Done, table.ExitCode);
        Assert.Contains("QUOTA", table.Output, StringComparison.Ordinal);
        Assert.Contains("policies", table.Output, StringComparison.Ordinal);
        Assert.Equal(table.Output, same.Output);
        Assert.Equal(5, json.GetArrayLength());
    }

    [Theory]
    [InlineData("disks", "7", 7L)]
    [InlineData("snapshot-bytes", "20GiB", 20L << 30)]
    [InlineData("policies", "unlimited", null)]
    public async Task A_quota_is_set_and_taken_back(string name, string limit, long? expected)
    {
        var before = await LimitAsync(name);

        var set = await server.RunAsync("quota", "set", name, limit);
        var after = await LimitAsync(name);
        var back = await server.RunAsync("quota", "set", name, "default");

        Assert.Equal((ExitCode.Done, ExitCode.Done), (set.ExitCode, back.ExitCode));
        Assert.Equal(expected, after);
        Assert.Equal(before, await LimitAsync(name));
    }

    [Fact]
    public async Task What_is_used_up_ends_with_its_own_exit_code()
    {
        await server.CreateDiskAsync("full");
        await server.RunAsync("quota", "set", "snapshots", "0");

        var refused = await server.RunAsync("snap", "create", "full", "--name", "one-too-many");
        await server.RunAsync("quota", "set", "snapshots", "default");

        Assert.Equal(ExitCode.Quota, refused.ExitCode);
        Assert.Contains("0 of 0", refused.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("quota set cats 1")]
    [InlineData("quota set disks")]
    [InlineData("quota set disks many")]
    [InlineData("quota set tags 51")]
    [InlineData("quota list --account 100000000009")]
    public async Task Wrong_requests_fail_with_a_cause(string command)
    {
        var result = await server.RunAsync(command.Split(' '));

        Assert.NotEqual(ExitCode.Done, result.ExitCode);
        Assert.Equal(3, result.Error.TrimEnd().Split('\n').Length);
    }

    private async Task<long?> LimitAsync(string name)
    {
        var quotas = (await server.RunAsync("quota", "list", "-o", "json")).Json().EnumerateArray();
        var found = quotas.Single(quota => quota.GetProperty("QuotaName").GetString() == name);
        var limit = found.GetProperty("QuotaLimit");
        return limit.ValueKind == JsonValueKind.Null ? null : limit.GetInt64();
    }
}
