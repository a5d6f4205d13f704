using Tidemark.Api.Wire;

namespace Tidemark.Api.Actions.AccountActions;

/// <summary>Extension: draws a key pair; its secret is in this answer and nowhere else ever again.</summary>
internal static class CreateAccessKey
{
    /// <summary>The declaration.</summary>
    public static readonly ApiAction Action = new(
        "CreateAccessKey",
        Run,
        typeof(CreateAccessKeyResponse),
        "Draws a key pair; its secret is in this answer and nowhere else ever again.")
    {
        IsExtension = true,
        IsMutating = true,
        Parameters =
        [
            ApiParameter.Text("AccountId", "Whose key; the caller's own account when left out."),
            ApiParameter.Text("Name", "At most 60 bytes."),
            ApiParameter.Flag("ReadOnly", "Whether the key may only look."),
        ],
    };

    /// <summary>Runs the action.</summary>
    public static ApiResponse Run(ActionCall call)
    {
        var parameters = call.Parameters;
        var key = call.Domain.Keys.Create(
            parameters.Text("AccountId"), parameters.Text("Name"), parameters.Flag("ReadOnly") ?? false, call.Caller);
        return new CreateAccessKeyResponse { SecretId = key.SecretId, SecretKey = key.SecretKey };
    }
}
