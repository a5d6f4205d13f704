using System.Text.Json;
using Tidemark.Api.Actions;
using Tidemark.Api.Tests.Server;

namespace Tidemark.Api.Tests.Actions;

/// <summary>No member that clients dereference is ever null, absent or of another type.</summary>
public sealed class NullRuleTests
{
    private static readonly Dictionary<char, JsonValueKind[]> Kinds = new()
    {
        ['s'] = [JsonValueKind.String],
        ['n'] = [JsonValueKind.Number],
        ['b'] = [JsonValueKind.True, JsonValueKind.False],
        ['a'] = [JsonValueKind.Array],
        ['o'] = [JsonValueKind.Object],
    };

    public static TheoryData<string> Actions =>
        [.. MemberRules.Lists.Select(list => list.Action).Where(action => ActionTable.Find(action) is not null)];

    [Theory]
    [MemberData(nameof(Actions))]
    public async Task Members_that_clients_dereference_are_there(string action)
    {
        await using var server = await RunningServer.StartAsync();
        var calls = new DirectCalls(server.Domain);
        var world = World.Make(calls);
        foreach (var (_, body, itemsName, members) in MemberRules.Lists.Where(list => list.Action == action))
        {
            var items = calls.Call(action, world.Fill(body)).GetProperty(itemsName).EnumerateArray().ToList();

            Assert.NotEmpty(items);
            Assert.All(items, item => AssertHas(item, members));
        }
    }

    private static void AssertHas(JsonElement item, string members)
    {
        foreach (var rule in members.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries))
        {
            var name = rule[..^2];
            Assert.True(item.TryGetProperty(name, out var value), $"{name} is absent: {item}");
            Assert.True(Kinds[rule[^1]].Contains(value.ValueKind), $"{name} is {value.ValueKind}: {item}");
        }
    }
}
