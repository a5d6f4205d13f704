using System.CommandLine;
using Tidemark.Output;

namespace Tidemark.Verbs;

/// <summary>tidemark policy bind|unbind POLICY DISK...</summary>
internal sealed class PolicyBindVerb : Verb
{
    private readonly Argument<string> _policy = PolicyInputs.Policy();
    private readonly Argument<string[]> _disks = PolicyInputs.Disks();
    private readonly bool _isBind;

    private PolicyBindVerb(string name, string description, bool isBind)
        : base(name, description)
    {
        _isBind = isBind;
        Arguments.Add(_policy);
        Arguments.Add(_disks);
    }

    /// <summary>The verb that binds.</summary>
    public static PolicyBindVerb Bind() => new("bind", "Have a policy take snapshots of disks.", true);

    /// <summary>The verb that unbinds.</summary>
    public static PolicyBindVerb Unbind() => new(
        "unbind", "Have a policy leave disks alone; their snapshots stay as long as they were to.", false);

    /// <inheritdoc/>
    protected override async Task RunAsync(VerbCall call)
    {
        var policy = await call.Client.Policies.GetAsync(call.Parse.GetRequiredValue(_policy), call.Cancellation);
        var ids = new List<string>();
        foreach (var text in call.Parse.GetRequiredValue(_disks))
            ids.Add((await call.Client.Names.DiskAsync(text, call.Cancellation)).Id);
        if (_isBind)
            await call.Client.Policies.BindAsync(policy.Id, ids, call.Cancellation);
        else
            await call.Client.Policies.UnbindAsync(policy.Id, ids, call.Cancellation);
        var changed = await call.Client.Policies.GetAsync(policy.Id, call.Cancellation);
        if (call.Printer.IsJson)
            call.Printer.Json(changed.Whole, OutputJson.Pretty.JsonElement);
        else
            PolicyTable.Print(call.Printer, [changed]);
    }
}
