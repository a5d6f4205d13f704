using Tidemark.Api.Actions;
using Tidemark.Api.Actions.AbsentActions;
using Tidemark.Api.Tests.Actions;
using Tidemark.Api.Wire;
using Tidemark.Disks;

namespace Tidemark.Api.Tests.Kills;

/// <summary>
/// A server that ends at every point of every mutating action: started again, it shows all of the action or nothing of
/// it, rows and engine agree, and the same request can be made again.
/// </summary>
public sealed class KilledActionTests
{
    /// <summary>
    /// Actions of the table that no case kills a server in yet. Empty once every one has its line in KillCases.
    /// </summary>
    private static readonly string[] WithoutCase = [];

    public static TheoryData<string> Cases =>
        [.. KillCases.All.Where(IsPossible).Select(item => item.ToString())];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_server_that_ends_at_any_point_of_an_action_is_sound(string name)
    {
        var request = KillCases.All.Single(item => item.ToString() == name);
        var (before, after, points, operations) = Rehearse(request);
        for (var nth = 1; nth <= points; nth++)
            EndAndCheck(request, before, after, $"point {nth} of {points}", server => server.EndAtPoint(nth));
        for (var nth = 1L; nth <= operations; nth++)
            EndAndCheck(request, before, after, $"operation {nth}", server => server.EndAtOperation(nth));
    }

    [Fact]
    public void Every_mutating_action_has_a_case()
    {
        var covered = KillCases.All.Select(item => item.Action).Concat(KillCases.NothingLasting).Concat(WithoutCase)
            .Concat(AbsentActionTable.Actions.Select(action => action.Name));
        var mutating = ActionTable.All.Where(action => action.IsMutating).Select(action => action.Name);

        Assert.Empty(mutating.Except(covered));
    }

    private static bool IsPossible(KillCase item) =>
        ActionTable.Find(item.Action) is not null && (item.Needs is null || ActionTable.Find(item.Needs) is not null);

    // What an undisturbed request makes of the world, and how many points there are to end at.
    private static (string Before, string After, int Points, long Operations) Rehearse(KillCase request)
    {
        using var server = new KillableServer(request.KeepsDeleted);
        var world = Prepare(server, request);
        var before = server.Describe();
        var operations = server.OperationCount;
        server.BeginCounting();
        server.Calls.Call(request.Action, world.Fill(request.Body));
        var (points, used) = (server.PointCount, server.OperationCount - operations);
        var after = server.Describe();
        server.StartAgain();
        Assert.Equal(after, server.Describe());
        Assert.True(points > 0, $"{request} commits nothing: name its action in {nameof(KillCases.NothingLasting)}.");
        return (before, after, points, used);
    }

    private static void EndAndCheck(
        KillCase request, string before, string after, string where, Action<KillableServer> plant)
    {
        using var server = new KillableServer(request.KeepsDeleted);
        var world = Prepare(server, request);
        // Listing opens disks; the rehearsal counted without that.
        server.Describe();
        plant(server);
        var isAnswered = IsAnswered(() => server.Calls.Call(request.Action, world.Fill(request.Body)));
        var when = $"{request}, ended at {where}";
        server.StartAgain();

        Agreement.Check(server.Catalog, server.Engine, when);
        var found = server.Describe();
        if (isAnswered)
            Assert.Equal(after, found);
        else if (!request.IsResumed && !request.KeepsFirst && found != before)
            Assert.Equal(after, found);

        Repeat(server, request, world, when);
        Agreement.Check(server.Catalog, server.Engine, when + ", and repeated");
        if (request.IsResumed)
            Assert.Equal(Lines(after), Lines(server.Describe()));
        Assert.Empty(server.Engine.Check().Problems);
    }

    private static World Prepare(KillableServer server, KillCase request)
    {
        var world = World.Make(server.Calls);
        foreach (var diskId in server.Engine.DiskIds)
            server.Write(diskId, 7);
        if (request.Before is var (action, body))
            server.Calls.Call(action, world.Fill(body));
        return world;
    }

    private static bool IsAnswered(Action call)
    {
        try
        {
            call();
            return true;
        }
        catch (Exception)
        {
            // A process that ended answers nobody, whatever it said to itself.
            return false;
        }
    }

    // What had happened may refuse its own repetition, but not as a failure of the server.
    private static void Repeat(KillableServer server, KillCase request, World world, string when)
    {
        try
        {
            server.Calls.Call(request.Action, world.Fill(request.Body));
        }
        catch (DomainException refusal)
        {
            var isFailure = refusal.Code.StartsWith(ErrorCodes.InternalError, StringComparison.Ordinal);
            Assert.False(isFailure, $"{when}: {refusal}");
        }
    }

    private static int Lines(string text) => text.Split('\n').Length;
}
