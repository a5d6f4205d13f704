using Tidemark.Api.Wire;
using Tidemark.Disks.Quotas;

namespace Tidemark.Api.Actions.QuotaActions;

/// <summary>Extension: sets what an account may have in a region; what is there already stays.</summary>
internal static class ModifyQuota
{
    /// <summary>The declaration.</summary>
    public static readonly ApiAction Action = new(
        "ModifyQuota",
        Run,
        typeof(ApiResponse),
        "Sets what an account may have in a region; what is there already stays. For the first account only.")
    {
        IsExtension = true,
        IsMutating = true,
        Parameters =
        [
            ApiParameter.Text("QuotaName", "Which quota.", [.. QuotaName.All]).Required,
            ApiParameter.Number("QuotaLimit", "The new limit; the server's again when left out."),
            ApiParameter.Flag("IsUnlimited", "True: no limit at all; not together with QuotaLimit."),
            DescribeQuotas.AccountId,
            DescribeQuotas.QuotaRegion,
        ],
    };

    /// <summary>Runs the action.</summary>
    public static ApiResponse Run(ActionCall call)
    {
        var limit = call.Parameters.Number("QuotaLimit");
        if (call.Parameters.Flag("IsUnlimited") == true)
        {
            if (limit is not null)
            {
                throw new ApiException(
                    ErrorCodes.InvalidParameter, "QuotaLimit and IsUnlimited cannot be given together.");
            }

            limit = QuotaFigure.Unlimited;
        }

        call.Domain.Quotas.Set(
            call.Parameters.RequiredText("QuotaName"), limit, DescribeQuotas.ReadScope(call), call.Caller);
        return new ApiResponse();
    }
}
