using Tidemark.Api.Wire;

namespace Tidemark.Api.Actions.CvmActions;

/// <summary>Lists the hosts that disks are attached to, with their disks.</summary>
internal static class DescribeInstances
{
    /// <summary>The declaration.</summary>
    public static readonly ApiAction Action = new(
        "DescribeInstances",
        Run,
        typeof(DescribeInstancesResponse),
        "Lists the hosts that disks are attached to, with their disks.")
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
        return new DescribeInstancesResponse
        {
            TotalCount = page.TotalCount,
            InstanceSet = [.. page.Items.Select(instance => new WireInstance(instance))],
        };
    }
}
