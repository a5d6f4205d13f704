using System.Text.Json;
using Tidemark.Client;

namespace Tidemark.Verbs;

/// <summary>tidemark group show GROUP</summary>
internal sealed class GroupShow : ShowVerb<GroupView>
{
    /// <summary>The verb.</summary>
    public GroupShow()
        : base("Show one snapshot group and its snapshots.", Inputs.Group())
    {
    }

    /// <inheritdoc/>
    protected override Task<GroupView> FindAsync(VerbCall call, string text) =>
        call.Client.Names.GroupAsync(text, call.Cancellation);

    /// <inheritdoc/>
    protected override Task<JsonElement> WholeAsync(VerbCall call, GroupView view) => Task.FromResult(view.Whole);

    /// <inheritdoc/>
    protected override async Task<IReadOnlyList<(string Name, string Value)>> PropertiesAsync(
        VerbCall call, GroupView view)
    {
        var properties = new List<(string Name, string Value)>
        {
            ("group", view.Id),
            ("name", view.Name),
            ("state", $"{view.Members.SnapshotGroupState} {view.Members.Percent} %"),
            ("created", ApiTime.Utc(view.Members.CreateTime)),
        };
        foreach (var id in view.Members.SnapshotIdSet)
        {
            var member = await call.Client.Snapshots.FindAsync(id, call.Cancellation);
            properties.Add(("snapshot", $"{id} of {member?.Members.DiskId}, {member?.Members.DiskSize} GiB"));
        }

        return properties;
    }
}
