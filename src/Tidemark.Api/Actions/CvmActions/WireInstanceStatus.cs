namespace Tidemark.Api.Actions.CvmActions;

/// <summary>The state of an instance as DescribeInstancesStatus shows it.</summary>
/// <param name="InstanceId">Which.</param>
/// <param name="InstanceState">RUNNING or STOPPED.</param>
internal sealed record WireInstanceStatus(string InstanceId, string InstanceState);
