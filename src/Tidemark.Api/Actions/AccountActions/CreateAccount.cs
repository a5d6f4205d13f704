using Tidemark.Api.Wire;

namespace Tidemark.Api.Actions.AccountActions;

/// <summary>Extension: makes an account, which owns nothing yet.</summary>
internal static class CreateAccount
{
    /// <summary>The declaration.</summary>
    public static readonly ApiAction Action = new(
        "CreateAccount",
        Run,
        typeof(CreateAccountResponse),
        "Makes an account, which owns nothing yet. For administrators: the first account's keys that may write.")
    {
        IsExtension = true,
        IsMutating = true,
        Parameters = [ApiParameter.Text("AccountName", "At most 60 bytes.").Required],
    };

    /// <summary>Runs the action.</summary>
    public static ApiResponse Run(ActionCall call)
    {
        var account = call.Domain.Accounts.Create(call.Parameters.RequiredText("AccountName"), call.Caller);
        return new CreateAccountResponse { AccountId = account.AccountId };
    }
}
