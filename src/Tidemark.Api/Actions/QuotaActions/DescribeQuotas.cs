using Tidemark.Api.Wire;
using Tidemark.Disks;
using Tidemark.Disks.Accounts;
using Tidemark.Disks.Quotas;

namespace Tidemark.Api.Actions.QuotaActions;

/// <summary>Extension: what an account may have in a region, and what it has.</summary>
internal static class DescribeQuotas
{
    /// <summary>Whose quota: for the first account, which sets those of all.</summary>
    public static readonly ApiParameter AccountId = ApiParameter.Text(
        "AccountId", $"The account; the caller's when left out. Others are for {Scope.FirstAccountId} only.");

    /// <summary>Where.</summary>
    public static readonly ApiParameter QuotaRegion =
        ApiParameter.Text("QuotaRegion", "The region; the request's when left out.");

    /// <summary>The declaration.</summary>
    public static readonly ApiAction Action = new(
        "DescribeQuotas",
        Run,
        typeof(DescribeQuotasResponse),
        "What an account may have in a region, and what it has.")
    {
        IsExtension = true,
        Parameters = [AccountId, QuotaRegion],
    };

    /// <summary>Runs the action.</summary>
    public static ApiResponse Run(ActionCall call)
    {
        var scope = ReadScope(call);
        return new DescribeQuotasResponse
        {
            AccountId = scope.AccountId,
            QuotaRegion = scope.Region,
            QuotaSet = [.. call.Domain.Quotas.List(scope, call.Caller).Select(figure => new WireQuota(figure))],
        };
    }

    /// <summary>Whose quota a request is about, and where.</summary>
    public static Scope ReadScope(ActionCall call)
    {
        var home = call.Domain.Options.HomeOf(call.Caller);
        var accountId = call.Parameters.Text("AccountId");
        var region = call.Parameters.Text("QuotaRegion");
        return new Scope(
            string.IsNullOrEmpty(accountId) ? home.AccountId : accountId,
            string.IsNullOrEmpty(region) ? home.Region : region);
    }
}
