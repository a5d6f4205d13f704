using Tidemark.Api.Wire;

namespace Tidemark.Api.Actions.InstanceActions;

/// <summary>The answer to RegisterInstance.</summary>
internal sealed class RegisterInstanceResponse : ApiResponse
{
    /// <summary>The instance.</summary>
    public required string InstanceId { get; init; }
}
