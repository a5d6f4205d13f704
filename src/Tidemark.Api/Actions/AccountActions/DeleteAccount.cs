using Tidemark.Api.Wire;

namespace Tidemark.Api.Actions.AccountActions;

/// <summary>Extension: removes an account that owns nothing any more, neither resources nor keys.</summary>
internal static class DeleteAccount
{
    /// <summary>The declaration.</summary>
    public static readonly ApiAction Action = new(
        "DeleteAccount",
        Run,
        typeof(ApiResponse),
        "Removes an account that owns nothing any more, neither resources nor keys. For administrators.")
    {
        IsExtension = true,
        IsMutating = true,
        Parameters = [ApiParameter.Text("AccountId", "Twelve digits; not the first account.").Required],
    };

    /// <summary>Runs the action.</summary>
    public static ApiResponse Run(ActionCall call)
    {
        call.Domain.Accounts.Delete(call.Parameters.RequiredText("AccountId"), call.Caller);
        return new ApiResponse();
    }
}
