using Tidemark.Api.Wire;

namespace Tidemark.Api.Actions.InstanceActions;

/// <summary>
/// Extension: forgets a host. Postpaid disks that go with it are terminated, all others are detached.
/// </summary>
internal static class DeregisterInstance
{
    /// <summary>The declaration.</summary>
    public static readonly ApiAction Action = new(
        "DeregisterInstance",
        Run,
        typeof(ApiResponse),
        "Forgets a host: postpaid disks that go with it are terminated, all others are detached.")
    {
        IsMutating = true,
        IsExtension = true,
        Parameters =
        [
            ApiParameter.Text("InstanceId", "The instance.").Required,
            ApiParameter.Flag("DisconnectClients", "Disconnects NBD clients of disks that go, instead of refusing."),
        ],
    };

    /// <summary>Runs the action.</summary>
    public static ApiResponse Run(ActionCall call)
    {
        call.Domain.Instances.Deregister(
            call.Parameters.RequiredText("InstanceId"),
            call.Parameters.Flag("DisconnectClients") ?? false,
            call.Caller);
        return new ApiResponse();
    }
}
