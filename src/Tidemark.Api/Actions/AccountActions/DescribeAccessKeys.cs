using Tidemark.Api.Wire;

namespace Tidemark.Api.Actions.AccountActions;

/// <summary>Extension: the keys of an account, oldest first, without their secrets.</summary>
internal static class DescribeAccessKeys
{
    /// <summary>The declaration.</summary>
    public static readonly ApiAction Action = new(
        "DescribeAccessKeys",
        Run,
        typeof(DescribeAccessKeysResponse),
        "The keys of an account, oldest first, without their secrets.")
    {
        IsExtension = true,
        Parameters = [ApiParameter.Text("AccountId", "Whose keys; the caller's own account when left out.")],
    };

    /// <summary>Runs the action.</summary>
    public static ApiResponse Run(ActionCall call)
    {
        var keys = call.Domain.Keys.List(call.Parameters.Text("AccountId"), call.Caller);
        return new DescribeAccessKeysResponse
        {
            TotalCount = keys.Count,
            AccessKeySet = [.. keys.Select(key => new WireAccessKey(key))],
        };
    }
}
