using Tidemark.Api.Wire;

namespace Tidemark.Api.Actions.AccountActions;

/// <summary>Extension: removes a key for good.</summary>
internal static class DeleteAccessKey
{
    /// <summary>The declaration.</summary>
    public static readonly ApiAction Action = new(
        "DeleteAccessKey",
        Run,
        typeof(ApiResponse),
        "Removes a key for good. The last key that may look after the server stays.")
    {
        IsExtension = true,
        IsMutating = true,
        Parameters = [ApiParameter.Text("SecretId", "The key.").Required],
    };

    /// <summary>Runs the action.</summary>
    public static ApiResponse Run(ActionCall call)
    {
        call.Domain.Keys.Delete(call.Parameters.RequiredText("SecretId"), call.Caller);
        return new ApiResponse();
    }
}
