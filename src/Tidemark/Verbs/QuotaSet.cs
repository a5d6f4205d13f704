using System.CommandLine;
using System.Globalization;
using Tidemark.Output;

namespace Tidemark.Verbs;

/// <summary>tidemark quota set QUOTA LIMIT</summary>
internal sealed class QuotaSet : Verb
{
    private const string Unlimited = "unlimited";
    private const string Default = "default";

    private readonly Argument<string> _name = new("QUOTA") { Description = "which one, as 'quota list' names it" };

    private readonly Argument<string> _limit = new("LIMIT")
    {
        Description = $"a number, '{Unlimited}', or '{Default}' for the server's own; bytes may be given as 20GiB",
    };

    private readonly Option<string?> _account = Inputs.Account();

    /// <summary>The verb.</summary>
    public QuotaSet()
        : base("set", "Set what an account may have in a region. What it has already stays.")
    {
        Arguments.Add(_name);
        Arguments.Add(_limit);
        Options.Add(_account);
    }

    /// <inheritdoc/>
    protected override async Task RunAsync(VerbCall call)
    {
        var name = call.Parse.GetRequiredValue(_name);
        var text = call.Parse.GetRequiredValue(_limit);
        var limit = text is Unlimited or Default ? (long?)null : ParseLimit(text);
        await call.Client.Quotas.SetAsync(
            name, limit, text == Unlimited, call.Parse.GetValue(_account), call.Cancellation);
        call.Printer.Note($"The quota {name} is {text} now.");
    }

    private static long ParseLimit(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : ByteSize.ParseBytes(text, 1);
}
