using Tidemark.Api.Wire;

namespace Tidemark.Api.Actions.AccountActions;

/// <summary>Extension: enables, disables or renames a key.</summary>
internal static class ModifyAccessKey
{
    /// <summary>The declaration.</summary>
    public static readonly ApiAction Action = new(
        "ModifyAccessKey",
        Run,
        typeof(ApiResponse),
        "Enables, disables or renames a key. The last key that may look after the server stays enabled.")
    {
        IsExtension = true,
        IsMutating = true,
        Parameters =
        [
            ApiParameter.Text("SecretId", "The key.").Required,
            ApiParameter.Flag("IsEnabled", "Whether requests that it signs are accepted."),
            ApiParameter.Text("Name", "At most 60 bytes."),
        ],
    };

    /// <summary>Runs the action.</summary>
    public static ApiResponse Run(ActionCall call)
    {
        var parameters = call.Parameters;
        var secretId = parameters.RequiredText("SecretId");
        var isEnabled = parameters.Flag("IsEnabled");
        var name = parameters.Text("Name");
        if (isEnabled is null && name is null)
            throw new ApiException(ErrorCodes.MissingParameter, "Give IsEnabled, Name or both.");

        call.Domain.Keys.Modify(secretId, name, isEnabled, call.Caller);
        return new ApiResponse();
    }
}
