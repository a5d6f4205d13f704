using System.CommandLine;
using Tidemark.Client;
using Tidemark.Output;

namespace Tidemark.Verbs;

/// <summary>tidemark group rollback GROUP [DISK...]</summary>
internal sealed class GroupRollback : Verb
{
    private readonly Argument<string> _group = Inputs.Group();

    private readonly Argument<string[]> _disks = new("DISK")
    {
        Description = "some of the group's disks, by id or name; all of them when left out",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<bool> _force = Inputs.Force();
    private readonly Option<bool> _noWait = Inputs.NoWait();

    /// <summary>The verb.</summary>
    public GroupRollback()
        : base("rollback", "Put disks back on the snapshots of a group. Newer snapshots stay.")
    {
        Arguments.Add(_group);
        Arguments.Add(_disks);
        Options.Add(_force);
        Options.Add(_noWait);
    }

    /// <inheritdoc/>
    protected override async Task RunAsync(VerbCall call)
    {
        var group = await call.Client.Names.GroupAsync(call.Parse.GetRequiredValue(_group), call.Cancellation);
        var members = await ChooseAsync(call, group);
        await call.Client.Groups.ApplyAsync(group.Id, members, call.Parse.GetValue(_force), call.Cancellation);
        string[] diskIds = [.. members.Select(member => member.DiskId)];
        if (!call.Parse.GetValue(_noWait))
        {
            foreach (var diskId in diskIds)
                await call.Client.Disks.WaitUntilRestingAsync(diskId, call.Cancellation);
        }

        if (call.Printer.IsJson)
        {
            call.Printer.Json(new DiskIdList(diskIds), OutputJson.Pretty.DiskIdList);
        }
        else
        {
            call.Printer.Note(
                $"{string.Join(", ", diskIds)} as at {group.Id} ({ApiTime.Utc(group.Members.CreateTime)}).");
        }
    }

    private async Task<List<SnapshotMembers>> ChooseAsync(VerbCall call, GroupView group)
    {
        var members = new List<SnapshotMembers>();
        foreach (var id in group.Members.SnapshotIdSet)
        {
            if (await call.Client.Snapshots.FindAsync(id, call.Cancellation) is { } member)
                members.Add(member.Members);
        }

        var chosen = new List<SnapshotMembers>();
        foreach (var text in call.Parse.GetValue(_disks) ?? [])
        {
            var disk = await call.Client.Names.DiskAsync(text, call.Cancellation);
            chosen.Add(members.Find(member => member.DiskId == disk.Id) ?? throw new CommandException(
                ExitCode.NotFound, "NoSuchMember", $"Group {group.Id} has no snapshot of {disk.Id}.",
                $"'tidemark group show {group.Id}' tells of which disks it has."));
        }

        return chosen.Count > 0 ? chosen : members;
    }
}
