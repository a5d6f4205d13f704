using System.CommandLine;
using Tidemark.Client;
using Tidemark.Output;

namespace Tidemark.Verbs;

/// <summary>tidemark group create DISK...</summary>
internal sealed class GroupCreate : Verb
{
    private readonly Argument<string[]> _disks = new("DISK")
    {
        Description = "disks, by id or name",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string?> _name = new("--name")
    {
        Description = "the group's name; its snapshots are called NAME_0, NAME_1, ...",
        HelpName = "NAME",
    };

    private readonly Option<bool> _noWait = Inputs.NoWait();

    /// <summary>The verb.</summary>
    public GroupCreate()
        : base("create", "Take a snapshot of several disks at one instant, whatever is being done to them.")
    {
        Arguments.Add(_disks);
        Options.Add(_name);
        Options.Add(_noWait);
    }

    /// <inheritdoc/>
    protected override async Task RunAsync(VerbCall call)
    {
        var diskIds = new List<string>();
        foreach (var text in call.Parse.GetRequiredValue(_disks))
            diskIds.Add((await call.Client.Names.DiskAsync(text, call.Cancellation)).Id);
        var id = await call.Client.Groups.CreateAsync(diskIds, call.Parse.GetValue(_name), call.Cancellation);
        if (!call.Parse.GetValue(_noWait))
            await call.Client.Groups.WaitUntilRestingAsync(id, call.Cancellation);

        if (call.Printer.IsJson)
        {
            call.Printer.Json(new GroupIdAnswer(id), OutputJson.Pretty.GroupIdAnswer);
            return;
        }

        var group = await call.Client.Groups.FindAsync(id, call.Cancellation);
        GroupTable.Print(call.Printer, group is null ? [] : [group]);
    }
}
