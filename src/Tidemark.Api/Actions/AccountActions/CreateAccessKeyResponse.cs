using Tidemark.Api.Wire;

namespace Tidemark.Api.Actions.AccountActions;

/// <summary>The answer to CreateAccessKey.</summary>
internal sealed class CreateAccessKeyResponse : ApiResponse
{
    /// <summary>The key's public part.</summary>
    public required string SecretId { get; init; }

    /// <summary>The key's secret part, told this once.</summary>
    public required string SecretKey { get; init; }
}
