using Tidemark.Api.Wire;

namespace Tidemark.Api.Actions.InstanceActions;

/// <summary>The answer to DescribeInstancesDiskNum.</summary>
internal sealed class DescribeInstancesDiskNumResponse : ApiResponse
{
    /// <summary>The instances, in the order asked.</summary>
    public required IReadOnlyList<WireAttachDetail> AttachDetail { get; init; }
}
