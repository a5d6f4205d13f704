using Tidemark.Api.Wire;

namespace Tidemark.Api.Actions.CvmActions;

/// <summary>Lists the states of hosts.</summary>
internal static class DescribeInstancesStatus
{
    /// <summary>The declaration.</summary>
    public static readonly ApiAction Action = new(
        "DescribeInstancesStatus",
        Run,
        typeof(DescribeInstancesStatusResponse),
        "Lists the states of hosts.")
    {
        Product = CloudProduct.Cvm,
        Parameters =
        [
            .. SharedMembers.Query("InstanceIds"),
        ],
    };

    /// <summary>Runs the action.</summary>
    public static ApiResponse Run(ActionCall call)
    {
        var page = call.Domain.Instances.List(
            SharedMembers.ReadQuery(call.Parameters, "InstanceIds"), call.Caller.Scope);
        return new DescribeInstancesStatusResponse
        {
            TotalCount = page.TotalCount,
            InstanceStatusSet =
            [
                .. page.Items.Select(each => new WireInstanceStatus(each.InstanceId, each.InstanceState)),
            ],
        };
    }
}
