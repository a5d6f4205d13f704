using System.Text.Json;
using Tidemark.Client;

namespace Tidemark.Verbs;

/// <summary>tidemark policy show POLICY</summary>
internal sealed class PolicyShow : ShowVerb<PolicyView>
{
    /// <summary>The verb.</summary>
    public PolicyShow()
        : base("Show one policy and what it does, in plain words.", PolicyInputs.Policy())
    {
    }

    /// <inheritdoc/>
    protected override Task<PolicyView> FindAsync(VerbCall call, string text) =>
        call.Client.Policies.GetAsync(text, call.Cancellation);

    /// <inheritdoc/>
    protected override Task<JsonElement> WholeAsync(VerbCall call, PolicyView view) => Task.FromResult(view.Whole);

    /// <inheritdoc/>
    protected override Task<IReadOnlyList<(string Name, string Value)>> PropertiesAsync(
        VerbCall call, PolicyView view)
    {
        var members = view.Members;
        List<(string Name, string Value)> properties =
        [
            ("policy", view.Id),
            ("name", view.Name),
            ("does", members.Description),
            ("state", view.State),
            ("next run", PolicyTable.Time(members.NextTriggerTime)),
            ("last run", PolicyTable.Time(members.LastTriggerTime)),
            ("created", PolicyTable.Time(members.CreateTime)),
            ("disks", members.DiskIdSet.Count > 0 ? string.Join(", ", members.DiskIdSet) : "none; bind some"),
        ];
        if (members.SuspendReason.Length > 0)
            properties.Add(("reason", members.SuspendReason));
        return Task.FromResult<IReadOnlyList<(string Name, string Value)>>(properties);
    }
}
