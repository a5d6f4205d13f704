using System.CommandLine;
using Tidemark.Client;
using Tidemark.Output;

namespace Tidemark.Verbs;

/// <summary>tidemark policy create NAME --hours LIST</summary>
internal sealed class PolicyCreate : Verb
{
    private readonly Argument<string> _name = new("NAME") { Description = "the policy's name" };
    private readonly PolicyOptions _plan = new();
    private readonly Option<bool> _paused = new("--paused") { Description = "do not run before it is resumed" };
    private readonly Option<bool> _dryRun = PolicyInputs.DryRun();

    /// <summary>The verb.</summary>
    public PolicyCreate()
        : base("create", "Make a policy that takes snapshots by the clock, and deletes old ones of its own.")
    {
        Arguments.Add(_name);
        _plan.AddTo(this);
        Options.Add(_paused);
        Options.Add(_dryRun);
    }

    /// <inheritdoc/>
    protected override async Task RunAsync(VerbCall call)
    {
        var plan = _plan.Members(call.Parse);
        if (!plan.ContainsKey("Policy"))
            throw CommandException.Usage("--hours is missing.", "Say when it is to run, like --hours 3.");
        if (call.Parse.GetValue(_dryRun))
        {
            PolicyTable.PrintOutlook(
                call.Printer, await call.Client.Policies.ForecastAsync(null, plan, call.Cancellation));
            return;
        }

        var id = await call.Client.Policies.CreateAsync(
            call.Parse.GetRequiredValue(_name), !call.Parse.GetValue(_paused), plan, call.Cancellation);
        if (call.Printer.IsJson)
            call.Printer.Json(new PolicyIdAnswer(id), OutputJson.Pretty.PolicyIdAnswer);
        else
            PolicyTable.Print(call.Printer, [await call.Client.Policies.GetAsync(id, call.Cancellation)]);
    }
}
