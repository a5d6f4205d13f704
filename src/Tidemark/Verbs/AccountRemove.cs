using System.CommandLine;

namespace Tidemark.Verbs;

/// <summary>tidemark account rm ACCOUNT</summary>
internal sealed class AccountRemove : Verb
{
    private readonly Argument<string> _account = new("ACCOUNT") { Description = "the account's twelve digits" };

    /// <summary>The verb.</summary>
    public AccountRemove()
        : base("rm", "Remove an account that has neither resources nor keys any more.") =>
        Arguments.Add(_account);

    /// <inheritdoc/>
    protected override async Task RunAsync(VerbCall call)
    {
        var accountId = call.Parse.GetRequiredValue(_account);
        await call.Client.Accounts.DeleteAsync(accountId, call.Cancellation);
        call.Printer.Note($"Removed {accountId}.");
    }
}
