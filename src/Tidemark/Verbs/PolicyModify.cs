using System.CommandLine;
using Tidemark.Output;

namespace Tidemark.Verbs;

/// <summary>tidemark policy modify POLICY</summary>
internal sealed class PolicyModify : Verb
{
    private readonly Argument<string> _policy = PolicyInputs.Policy();
    private readonly PolicyOptions _plan = new();
    private readonly Option<string?> _name = new("--name") { Description = "another name", HelpName = "NAME" };
    private readonly Option<bool> _pause = new("--pause") { Description = "take no more snapshots" };
    private readonly Option<bool> _resume = new("--resume") { Description = "run again, also after a suspension" };
    private readonly Option<bool> _dryRun = PolicyInputs.DryRun();

    /// <summary>The verb.</summary>
    public PolicyModify()
        : base("modify", "Change a policy; what is not named stays as it is.")
    {
        Arguments.Add(_policy);
        _plan.AddTo(this);
        Options.Add(_name);
        Options.Add(_pause);
        Options.Add(_resume);
        Options.Add(_dryRun);
        Validators.Add(result =>
        {
            if (result.GetResult(_pause) is not null && result.GetResult(_resume) is not null)
                result.AddError("--pause and --resume exclude each other.");
        });
    }

    /// <inheritdoc/>
    protected override async Task RunAsync(VerbCall call)
    {
        var changes = _plan.Members(call.Parse);
        var policy = await call.Client.Policies.GetAsync(call.Parse.GetRequiredValue(_policy), call.Cancellation);
        if (call.Parse.GetValue(_dryRun))
        {
            PolicyTable.PrintOutlook(
                call.Printer, await call.Client.Policies.ForecastAsync(policy.Id, changes, call.Cancellation));
            return;
        }

        if (call.Parse.GetValue(_name) is { } name)
            changes["AutoSnapshotPolicyName"] = name;
        if (call.Parse.GetValue(_pause) || call.Parse.GetValue(_resume))
            changes["IsActivated"] = call.Parse.GetValue(_resume);
        if (changes.Count == 0)
            throw CommandException.Usage("Nothing is to change.", "See 'tidemark policy modify --help'.");
        await call.Client.Policies.ModifyAsync(policy.Id, changes, call.Cancellation);
        var changed = await call.Client.Policies.GetAsync(policy.Id, call.Cancellation);
        if (call.Printer.IsJson)
            call.Printer.Json(changed.Whole, OutputJson.Pretty.JsonElement);
        else
            PolicyTable.Print(call.Printer, [changed]);
    }
}
