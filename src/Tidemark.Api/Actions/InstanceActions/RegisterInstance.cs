using Tidemark.Api.Wire;
using Tidemark.Disks.Instances;

namespace Tidemark.Api.Actions.InstanceActions;

/// <summary>Extension: registers a host that disks can be attached to, or changes what is known of one.</summary>
internal static class RegisterInstance
{
    /// <summary>The declaration.</summary>
    public static readonly ApiAction Action = new(
        "RegisterInstance",
        Run,
        typeof(RegisterInstanceResponse),
        "Registers a host that disks can be attached to, or changes what is known of one.")
    {
        IsMutating = true,
        IsExtension = true,
        Parameters =
        [
            ApiParameter.Text("InstanceId", "ins- or eks- and eight letters or digits; drawn when left out."),
            ApiParameter.Text("InstanceName", "At most 60 bytes; the id when left out."),
            ApiParameter.Text("Zone", "A zone of the region; the first one when left out."),
            ApiParameter.Text("PrivateIpAddress", "Its address in the private network."),
        ],
    };

    /// <summary>Runs the action.</summary>
    public static ApiResponse Run(ActionCall call)
    {
        var request = new RegisterInstanceRequest
        {
            InstanceId = call.Parameters.Text("InstanceId"),
            InstanceName = call.Parameters.Text("InstanceName"),
            Zone = call.Parameters.Text("Zone"),
            Address = call.Parameters.Text("PrivateIpAddress"),
        };
        return new RegisterInstanceResponse { InstanceId = call.Domain.Instances.Register(request, call.Caller) };
    }
}
