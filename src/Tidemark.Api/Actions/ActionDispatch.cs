using Tidemark.Api.Hosting;
using Tidemark.Api.Jobs;
using Tidemark.Api.Wire;
using Tidemark.Disks;
using Tidemark.Disks.Accounts;
using Tidemark.Disks.Keys;

namespace Tidemark.Api.Actions;

/// <summary>Takes an authenticated request to its action, after the checks that all actions share.</summary>
internal sealed class ActionDispatch
{
    private readonly DiskDomain _domain;
    private readonly Func<string, KeyEntry?> _findKey;
    private readonly ApiOptions _options;
    private readonly CheckJobs _jobs;
    private readonly RequestRates _rates;
    private readonly string[] _regions;

    /// <summary>Puts the checks before a domain.</summary>
    /// <param name="domain">What actions work on.</param>
    /// <param name="served">The regions and the clock.</param>
    /// <param name="findKey">Looks a key up that signed a request.</param>
    /// <param name="options">What the face was started with.</param>
    /// <param name="jobs">Long work.</param>
    public ActionDispatch(
        DiskDomain domain, DomainOptions served, Func<string, KeyEntry?> findKey, ApiOptions options, CheckJobs jobs)
    {
        _domain = domain;
        _findKey = findKey;
        _options = options;
        _jobs = jobs;
        _rates = new RequestRates(served.Time);
        _regions = [.. served.Regions.Select(region => region.Name)];
    }

    /// <summary>Where calls that change something leave their event.</summary>
    public CallAudit Audit { get; init; } = CallAudit.None;

    /// <summary>Runs the action that the request names.</summary>
    /// <exception cref="ApiException">The request is refused by the face.</exception>
    /// <exception cref="DomainException">The request is refused by the domain.</exception>
    public ApiResponse Run(SignedCall signed, Caller caller)
    {
        var action = Find(signed);
        var key = _findKey(signed.SecretId)
            ?? throw new ApiException(ErrorCodes.SecretIdNotFound, $"This server has no key {signed.SecretId}.");
        // Not audited: events of what is refused for its rate would be the load that the rate keeps away.
        CheckRate(signed, action.RequestsPerSecond);
        var region = _regions.Contains(signed.Region, StringComparer.Ordinal) ? signed.Region : _regions[0];
        var known = caller with { Scope = new Scope(key.AccountId, region) };
        return Audit.Run(action, known, () => signed.ReadParameters(action.Parameters), audited =>
        {
            CheckRegion(signed.Region, action);
            if (key.IsReadOnly && action.IsMutating)
            {
                throw new ApiException(
                    ErrorCodes.UnauthorizedOperation,
                    $"{signed.Action} changes something; the key {signed.SecretId} may only look.");
            }

            return action.Run(new ActionCall
            {
                Domain = _domain,
                Options = _options,
                Jobs = _jobs,
                Parameters = signed.ReadParameters(action.Parameters),
                Caller = audited,
            });
        });
    }

    // What the signature names as the service does not matter: many clients put a part of the address there.
    private static ApiAction Find(SignedCall signed)
    {
        var action = ActionTable.Find(signed.Action)
            ?? throw new ApiException(ErrorCodes.InvalidAction, $"This server has no action '{signed.Action}'.");
        return signed.Version == ApiVersion.Of(action.Product)
            ? action
            : throw new ApiException(
                ErrorCodes.NoSuchVersion,
                $"This server speaks {ApiVersion.Of(action.Product)}, not '{signed.Version}'.");
    }

    // What is the same in all regions takes any: clients send none, or the one that they like best.
    private void CheckRegion(string region, ApiAction action)
    {
        if (action.IsGlobal || action.Product is CloudProduct.Sts or CloudProduct.Tag)
            return;
        if (region.Length == 0)
            throw new ApiException(ErrorCodes.MissingParameter, "The region is required (X-TC-Region or Region).");

        if (!_regions.Contains(region, StringComparer.Ordinal))
        {
            throw new ApiException(
                ErrorCodes.UnsupportedRegion,
                $"This server answers for {string.Join(", ", _regions)}, not for region '{region}'.");
        }
    }

    private void CheckRate(SignedCall signed, int requestsPerSecond)
    {
        if (_options.LimitRates && !_rates.TryCount(signed.SecretId, signed.Action, requestsPerSecond))
        {
            throw new ApiException(
                ErrorCodes.RequestLimitExceeded,
                $"{signed.Action} is limited to {requestsPerSecond} requests a second; try again in a second.");
        }
    }
}
