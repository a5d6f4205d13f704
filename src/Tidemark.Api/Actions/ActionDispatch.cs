using Tidemark.Api.Hosting;
using Tidemark.Api.Jobs;
using Tidemark.Api.Wire;
using Tidemark.Disks;

namespace Tidemark.Api.Actions;

/// <summary>Takes an authenticated request to its action, after the checks that all actions share.</summary>
internal sealed class ActionDispatch
{
    /// <summary>The version of the API that this server speaks.</summary>
    public const string ApiVersion = "2017-03-12";

    private readonly DiskDomain _domain;
    private readonly ApiOptions _options;
    private readonly CheckJobs _jobs;
    private readonly string _region;
    private readonly RequestRates _rates;

    /// <summary>Puts the checks before a domain.</summary>
    public ActionDispatch(DiskDomain domain, DomainOptions served, ApiOptions options, CheckJobs jobs)
    {
        _domain = domain;
        _options = options;
        _jobs = jobs;
        _region = served.Region;
        _rates = new RequestRates(served.Time);
    }

    /// <summary>Runs the action that the request names.</summary>
    /// <exception cref="ApiException">The request is refused by the face.</exception>
    /// <exception cref="DomainException">The request is refused by the domain.</exception>
    public ApiResponse Run(SignedCall signed, Caller caller)
    {
        if (signed.Version != ApiVersion)
        {
            throw new ApiException(
                ErrorCodes.NoSuchVersion, $"This server speaks {ApiVersion}, not '{signed.Version}'.");
        }

        var action = ActionTable.Find(signed.Action)
            ?? throw new ApiException(ErrorCodes.InvalidAction, $"This server has no action '{signed.Action}'.");
        CheckRegion(signed.Region);
        CheckRate(signed, action.RequestsPerSecond);
        return action.Run(new ActionCall
        {
            Domain = _domain,
            Options = _options,
            Jobs = _jobs,
            Parameters = signed.ReadParameters(),
            Caller = caller,
        });
    }

    private void CheckRegion(string region)
    {
        if (region.Length == 0)
            throw new ApiException(ErrorCodes.MissingParameter, "The region is required (X-TC-Region or Region).");

        if (region != _region)
        {
            throw new ApiException(
                ErrorCodes.UnsupportedRegion, $"This server answers for region {_region}, not '{region}'.");
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
