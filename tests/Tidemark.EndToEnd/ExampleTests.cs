using System.Diagnostics;
using System.Text.Json;
using Tidemark.Disks.Keys;
using Tidemark.EndToEnd.Support;

namespace Tidemark.EndToEnd;

/// <summary>The examples do what they say, against the real program.</summary>
public sealed class ExampleTests
{
    private static readonly TimeSpan TimeMax = TimeSpan.FromMinutes(1);

    // All that the script may use besides curl and openssl: what every system with a shell has.
    private static readonly string[] Programs = ["curl", "openssl", "cat", "date", "od", "sed", "tr"];

    [Fact]
    public void A_shell_with_curl_and_openssl_takes_a_snapshot()
    {
        using var folder = new TemporaryFolder();
        using var server = ServerProcess.Start(folder.In("data"));
        var disk = server.CreateDisk("pg");

        var named = Script(server, folder, [disk, "夜间 \"a\" \\ b'~+%"]);
        var unnamed = Script(server, folder, [disk]);

        Assert.True(named.ExitCode == 0, $"{named}\n--- server\n{server.Log}");
        Assert.True(unnamed.ExitCode == 0, unnamed.ToString());
        var id = Response(named).GetProperty("SnapshotId").GetString()!;
        Assert.Matches("^snap-[a-z0-9]{8}$", id);
        Assert.NotEmpty(Response(named).GetProperty("RequestId").GetString()!);
        var listed = Script(server, folder, ["--call", "DescribeSnapshots", $$"""{"SnapshotIds":["{{id}}"]}"""]);
        var snapshot = Response(listed).GetProperty("SnapshotSet")[0];
        Assert.Equal("夜间 \"a\" \\ b'~+%", snapshot.GetProperty("SnapshotName").GetString());
        Assert.Equal(disk, snapshot.GetProperty("DiskId").GetString());
        server.Stop();
    }

    [Fact]
    public void The_script_calls_any_action_with_members_from_standard_input()
    {
        using var folder = new TemporaryFolder();
        using var server = ServerProcess.Start(folder.In("data"));

        var result = Script(server, folder, ["--call", "DescribeDisks", "-"], "{\"Limit\":1,\n\"Offset\":0}\n");

        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Equal(0, Response(result).GetProperty("TotalCount").GetInt32());
        server.Stop();
    }

    [Fact]
    public void The_script_ends_with_1_when_it_is_refused()
    {
        using var folder = new TemporaryFolder();
        using var server = ServerProcess.Start(folder.In("data"));

        var result = Script(server, folder, ["disk-00000000"]);

        Assert.Equal(1, result.ExitCode);
        Assert.Equal("InvalidDiskId.NotFound", Response(result).GetProperty("Error").GetProperty("Code").GetString());
        server.Stop();
    }

    [Fact]
    public void The_script_takes_a_key_from_the_environment()
    {
        using var folder = new TemporaryFolder();
        using var server = ServerProcess.Start(folder.In("data"));
        var known = CredentialsFile.Read(Path.Combine(server.DataFolder, "credentials"))!;
        var start = Start(folder, ["--call", "DescribeServer"]);
        start.Environment["TIDEMARK_DATA"] = folder.In("nowhere");
        start.Environment["TIDEMARK_SECRET_ID"] = known.Key.SecretId;
        start.Environment["TIDEMARK_SECRET_KEY"] = "wrong";
        start.Environment["TIDEMARK_REGION"] = known.Region;
        start.Environment["TIDEMARK_ENDPOINT"] = server.Endpoint;

        var wrong = Tool.Execute(start, TimeMax);
        start.Environment["TIDEMARK_SECRET_KEY"] = known.Key.SecretKey;
        var right = Tool.Execute(start, TimeMax);

        Assert.Contains("AuthFailure.SignatureFailure", wrong.Output, StringComparison.Ordinal);
        Assert.True(right.ExitCode == 0, right.ToString());
        server.Stop();
    }

    [Fact]
    public void The_script_says_what_it_needs()
    {
        using var folder = new TemporaryFolder();
        var start = Start(folder, ["disk-00000000"]);
        start.Environment["TIDEMARK_DATA"] = folder.In("nowhere");

        Assert.Equal((2, ""), (Tool.Execute(start, TimeMax).ExitCode, Tool.Execute(start, TimeMax).Output));
        var usage = Tool.Execute(Start(folder, []), TimeMax);
        Assert.Equal(2, usage.ExitCode);
        Assert.Contains("create-snapshot.sh DISK-ID [NAME]", usage.Error, StringComparison.Ordinal);
    }

    private static JsonElement Response(ToolResult result) => result.Json().GetProperty("Response");

    private static ToolResult Script(
        ServerProcess server, TemporaryFolder folder, string[] arguments, string input = "")
    {
        var start = Start(folder, arguments);
        start.Environment["TIDEMARK_DATA"] = server.DataFolder;
        return Tool.Execute(start, TimeMax, new MemoryStream(System.Text.Encoding.UTF8.GetBytes(input)));
    }

    // A plain shell that finds nothing but the programs named above.
    private static ProcessStartInfo Start(TemporaryFolder folder, string[] arguments)
    {
        var programs = Directory.CreateDirectory(folder.In("programs")).FullName;
        foreach (var name in Programs.Where(name => !File.Exists(Path.Combine(programs, name))))
            File.CreateSymbolicLink(Path.Combine(programs, name), Tool.Find(name));
        var script = Path.Combine(AppContext.BaseDirectory, "Examples", "create-snapshot.sh");
        var start = new ProcessStartInfo(Tool.Find("sh"), [script, .. arguments]);
        foreach (var name in start.Environment.Keys.Where(IsOfServer).ToList())
            start.Environment.Remove(name);
        start.Environment["PATH"] = programs;
        start.Environment["no_proxy"] = "127.0.0.1,localhost";
        return start;
    }

    private static bool IsOfServer(string name) => name.StartsWith("TIDEMARK_", StringComparison.Ordinal);
}
