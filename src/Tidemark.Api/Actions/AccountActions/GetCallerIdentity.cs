using Tidemark.Api.Wire;

namespace Tidemark.Api.Actions.AccountActions;

/// <summary>Tells whose key signed the request.</summary>
internal static class GetCallerIdentity
{
    /// <summary>The declaration.</summary>
    public static readonly ApiAction Action = new(
        "GetCallerIdentity",
        Run,
        typeof(GetCallerIdentityResponse),
        "Tells whose key signed the request. No region is needed.")
    {
        Product = CloudProduct.Sts,
    };

    /// <summary>Runs the action.</summary>
    public static ApiResponse Run(ActionCall call)
    {
        var accountId = call.Domain.Options.HomeOf(call.Caller).AccountId;
        return new GetCallerIdentityResponse
        {
            Arn = $"qcs::cam::uin/{accountId}:uin/{accountId}",
            AccountId = accountId,
            UserId = accountId,
            PrincipalId = accountId,
        };
    }
}
