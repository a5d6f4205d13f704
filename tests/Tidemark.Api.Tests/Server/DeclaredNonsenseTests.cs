using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tidemark.Api.Actions;
using Tidemark.Api.Tests.Actions;

namespace Tidemark.Api.Tests.Server;

/// <summary>
/// Every action with what it declares, well-typed and ill-typed, over a whole server that holds some of everything: the
/// answer is a whole envelope, in time, is no failure of the server, and tells nothing of its inside.
/// </summary>
public sealed class DeclaredNonsenseTests
{
    private const int Rounds = 25;
    private static readonly TimeSpan AnswerTimeMax = TimeSpan.FromSeconds(30);

    // What a stack trace or a message of the runtime would have.
    private static readonly string[] Insides =
        ["   at ", "Exception", "System.", "at Tidemark.", ".cs:", "SQLite", "SQL logic"];

    public static TheoryData<string> Actions => [.. ActionTable.Names];

    [Theory]
    [MemberData(nameof(Actions))]
    public async Task Members_of_any_type_never_fail_the_server(string action)
    {
        var random = Seed.Random($"declared/{action}");
        await using var server = await RunningServer.StartAsync();
        var world = World.Make(new DirectCalls(server.Domain));
        var bodies = new DeclaredBodies(random, world.Ids);
        var members = ActionTable.Find(action)!.Parameters;
        for (var round = 0; round < Rounds; round++)
        {
            var body = round % 2 == 0 ? bodies.WellTyped(members) : bodies.IllTyped(members);
            await AssertAnsweredAsync(server, action, DeclaredBodies.TextOf(body));
        }

        Assert.Empty(server.Log.Errors);
    }

    [Fact]
    public async Task A_deep_or_wide_body_never_fails_the_server()
    {
        await using var server = await RunningServer.StartAsync();
        var wide = new JsonArray([.. Enumerable.Range(0, 20_000).Select(i => JsonValue.Create($"disk-{i:d8}"))]);
        string[] bodies =
        [
            new string('[', 10_000),
            $$"""{"DiskIds":{{new string('[', 50)}}{{new string(']', 50)}}}""",
            new JsonObject { ["DiskIds"] = wide, ["SnapshotIds"] = wide.DeepClone() }.ToJsonString(),
            $$"""{"DiskName":"{{new string('n', 1_000_000)}}","DiskIds":["a"]}""",
        ];
        foreach (var body in bodies)
        {
            foreach (var action in ActionTable.Names)
                await AssertAnsweredAsync(server, action, body);
        }

        Assert.Empty(server.Log.Errors);
    }

    private static async Task AssertAnsweredAsync(RunningServer server, string action, string body)
    {
        var start = Stopwatch.GetTimestamp();
        var answer = await server.SendAsync(action, Encoding.UTF8.GetBytes(body));

        var seen = $"{action} {(body.Length < 4000 ? body : body[..4000])}: {answer}";
        Assert.True(Stopwatch.GetElapsedTime(start) < AnswerTimeMax, $"Too late: {seen}");
        using var document = JsonDocument.Parse(answer);
        var response = document.RootElement.GetProperty("Response");
        Assert.Equal(RunningServer.RequestId, response.GetProperty("RequestId").GetString());
        if (!response.TryGetProperty("Error", out var error))
            return;

        var code = error.GetProperty("Code").GetString()!;
        Assert.False(code.StartsWith("InternalError", StringComparison.Ordinal), seen);
        Assert.Equal(["Code", "Message"], error.EnumerateObject().Select(member => member.Name));
        var message = error.GetProperty("Message").GetString()!;
        Assert.False(Insides.Any(inside => message.Contains(inside, StringComparison.Ordinal)), seen);
    }
}
