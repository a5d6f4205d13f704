using Tidemark.Api.Wire;
using Tidemark.Disks.Attributes;

namespace Tidemark.Api.Actions.DiskActions;

/// <summary>Reads DiskChargePrepaid.</summary>
internal static class PrepaidMembers
{
    /// <summary>For how long, and what then.</summary>
    public static PrepaidTerm Read(ParameterReader prepaid)
    {
        var renewFlag = prepaid.Text("RenewFlag");
        return new PrepaidTerm(prepaid.RequiredNumber("Period"), string.IsNullOrEmpty(renewFlag) ? null : renewFlag);
    }
}
