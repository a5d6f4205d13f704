using Tidemark.Api.Wire;

namespace Tidemark.Api.Actions.InstanceActions;

/// <summary>
/// How many disks instances have, and may have: a row for each that is known, or that its first use would register.
/// </summary>
internal static class DescribeInstancesDiskNum
{
    private const int InstanceIdsMax = 100;

    /// <summary>The declaration.</summary>
    public static readonly ApiAction Action = new(
        "DescribeInstancesDiskNum",
        Run,
        typeof(DescribeInstancesDiskNumResponse),
        "How many disks instances have, and may have.")
    {
        Parameters =
        [
            ApiParameter.Texts("InstanceIds", "1 to 100 instances.").Required,
        ],
    };

    /// <summary>Runs the action.</summary>
    public static ApiResponse Run(ActionCall call)
    {
        var instanceIds = call.Parameters.RequiredTexts("InstanceIds", InstanceIdsMax);
        var counts = call.Domain.Instances.CountDisks(instanceIds, call.Caller.Scope);
        return new DescribeInstancesDiskNumResponse
        {
            AttachDetail = [.. counts.Select(each => new WireAttachDetail(each))],
        };
    }
}
