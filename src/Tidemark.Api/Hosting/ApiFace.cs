using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Tidemark.Api.Actions;
using Tidemark.Api.Jobs;
using Tidemark.Api.Signatures;
using Tidemark.Api.Wire;
using Tidemark.Disks;

namespace Tidemark.Api.Hosting;

/// <summary>
/// Answers every HTTP request. To the API's clients the status is always 200 and the body always an envelope, whatever went
/// wrong: any other status makes them report a transport error and lose the code.
/// </summary>
internal sealed class ApiFace
{
    private readonly DiskDomain _domain;
    private readonly ApiOptions _options;
    private readonly CheckJobs _jobs;
    private readonly ILogger _logger;
    private readonly RequestAuthentication _authentication;
    private readonly RequestRates _rates;

    /// <summary>Puts the face before a domain.</summary>
    public ApiFace(DiskDomain domain, ApiOptions options, CheckJobs jobs, ILogger<ApiFace> logger)
    {
        _domain = domain;
        _options = options;
        _jobs = jobs;
        _logger = logger;
        _authentication = new RequestAuthentication(domain.Keys.FindSecretKey, domain.Options.Time);
        _rates = new RequestRates(domain.Options.Time);
    }

    /// <summary>Answers one request.</summary>
    public async Task AnswerAsync(HttpContext context)
    {
        if (await PlainPages.TryAnswerAsync(context))
            return;

        var requestId = _options.NewRequestId().ToString();
        ReadOnlyMemory<byte> answer;
        try
        {
            answer = await RunAsync(context, requestId);
        }
        catch (Exception gone) when (IsClientGone(gone))
        {
            // The client left, or broke HTTP in the middle of its body: nobody reads an answer.
            context.Abort();
            return;
        }

        context.Response.StatusCode = StatusCodes.Status200OK;
        context.Response.ContentType = Envelope.MediaType;
        context.Response.ContentLength = answer.Length;
        await context.Response.Body.WriteAsync(answer, context.RequestAborted);
    }

    private async Task<ReadOnlyMemory<byte>> RunAsync(HttpContext context, string requestId)
    {
        try
        {
            var request = await WireRequestReader.ReadAsync(context);
            var signed = SignedCall.Read(request, _authentication);
            var response = Dispatch(signed, SourceAddress(context), requestId);
            return Envelope.Write(response, requestId);
        }
        catch (ApiException refused)
        {
            return Refuse(refused.Code, refused.Message, requestId);
        }
        catch (DomainException refused)
        {
            return Refuse(refused.Code, refused.Message, requestId);
        }
        catch (Exception failure) when (!IsClientGone(failure))
        {
            // The top of a request: logged once, here, with the id that the client gets.
            _logger.LogError(failure, "Request {RequestId} failed", requestId);
            var message = $"The server failed; its log has the cause under RequestId {requestId}.";
            return Envelope.WriteError(ErrorCodes.InternalError, message, requestId);
        }
    }

    private ApiResponse Dispatch(SignedCall signed, string sourceAddress, string requestId)
    {
        if (signed.Version != SignedCall.ApiVersion)
        {
            throw new ApiException(
                ErrorCodes.NoSuchVersion, $"This server speaks version {SignedCall.ApiVersion}, not '{signed.Version}'.");
        }

        var action = ActionTable.Find(signed.Action) ?? throw new ApiException(
            ErrorCodes.InvalidAction, $"This server has no action '{signed.Action}'.");
        if (signed.Region.Length == 0)
            throw new ApiException(ErrorCodes.MissingParameter, "The region is required (X-TC-Region or Region).");

        if (signed.Region != _domain.Options.Region)
        {
            throw new ApiException(
                ErrorCodes.UnsupportedRegion,
                $"This server answers for region {_domain.Options.Region}, not '{signed.Region}'.");
        }

        if (_options.LimitRates && !_rates.TryCount(signed.SecretId, signed.Action, action.RequestsPerSecond))
        {
            throw new ApiException(
                ErrorCodes.RequestLimitExceeded,
                $"{signed.Action} is limited to {action.RequestsPerSecond} requests a second; try again in a second.");
        }

        return action.Run(new ActionCall
        {
            Domain = _domain,
            Options = _options,
            Jobs = _jobs,
            Parameters = signed.ReadParameters(),
            Caller = new Caller(signed.SecretId, requestId, sourceAddress),
        });
    }

    private ReadOnlyMemory<byte> Refuse(string code, string message, string requestId)
    {
        _logger.LogDebug("Request {RequestId} refused: {Code} {Message}", requestId, code, message);
        return Envelope.WriteError(code, message, requestId);
    }

    private static bool IsClientGone(Exception exception) =>
        exception is OperationCanceledException or ConnectionAbortedException or ConnectionResetException
            or BadHttpRequestException;

    private static string SourceAddress(HttpContext context) =>
        context.Connection.RemoteIpAddress?.ToString() ?? "";
}
