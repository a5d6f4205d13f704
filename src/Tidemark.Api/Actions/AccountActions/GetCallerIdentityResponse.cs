using Tidemark.Api.Wire;

namespace Tidemark.Api.Actions.AccountActions;

/// <summary>The answer to GetCallerIdentity. There are no users below an account, so all ids are one.</summary>
internal sealed class GetCallerIdentityResponse : ApiResponse
{
    /// <summary>The caller's name in the cloud's form.</summary>
    public required string Arn { get; init; }

    /// <summary>The account.</summary>
    public required string AccountId { get; init; }

    /// <summary>The account.</summary>
    public required string UserId { get; init; }

    /// <summary>The account that owns the key.</summary>
    public required string PrincipalId { get; init; }

    /// <summary>What kind of caller it is.</summary>
    public string Type { get; } = "CAMUser";
}
