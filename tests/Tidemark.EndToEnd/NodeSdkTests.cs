using Tidemark.EndToEnd.Support;

namespace Tidemark.EndToEnd;

/// <summary>The official Node SDK drives the real program through whole life cycles, a part at a time.</summary>
public sealed class NodeSdkTests
{
    private static readonly string[] Parts =
    [
        "signing", "disks", "snapshots", "attributes", "instances", "policies", "groups", "backups", "tags", "identity",
    ];

    public static TheoryData<string> PartsToRun => [.. Parts];

    [Theory]
    [MemberData(nameof(PartsToRun))]
    public void The_node_sdk_goes_through(string part)
    {
        using var folder = new TemporaryFolder();
        using var server = ServerProcess.Start(folder.In("data"));

        var result = NodeSdk.Run(server, part);

        Assert.True(result.ExitCode == 0, $"{result}\n--- server\n{server.Log}");
        var report = result.Json();
        Assert.Equal(part, report.GetProperty("Part").GetString());
        Assert.Null(report.GetProperty("Problem").GetString());
        server.Stop();
    }

    [Fact]
    public void Every_part_of_the_script_is_run_or_named()
    {
        var script = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Node", "parts.js"));
        var names = string.Join(", ", Parts);

        Assert.EndsWith($"module.exports = {{ {names} }};\n", script);
    }
}
