using System.Diagnostics;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Tidemark.Api.Metrics;
using Tidemark.Api.Signatures;
using Tidemark.Api.Wire;
using Tidemark.Disks;

namespace Tidemark.Api.Hosting;

/// <summary>
/// Answers every HTTP request. To the API's clients the status is always 200 and the body always an envelope, whatever
/// went wrong: any other status makes them report a transport error and lose the code.
/// </summary>
internal sealed class ApiFace
{
    private readonly RequestAuthentication _authentication;
    private readonly Func<SignedCall, Caller, ApiResponse> _run;
    private readonly Func<Guid> _newRequestId;
    private readonly ILogger _logger;
    private readonly WireRequestReader _reader = new();

    /// <summary>Puts the face before whatever runs authenticated calls.</summary>
    public ApiFace(
        RequestAuthentication authentication,
        Func<SignedCall, Caller, ApiResponse> run,
        Func<Guid> newRequestId,
        ILogger<ApiFace> logger)
    {
        _authentication = authentication;
        _run = run;
        _newRequestId = newRequestId;
        _logger = logger;
    }

    /// <summary>What is answered besides the API.</summary>
    public PlainPages Pages { get; init; } = new();

    /// <summary>Where answers are counted.</summary>
    public RequestCounters Requests { get; init; } = new();

    /// <summary>Answers one request.</summary>
    public async Task AnswerAsync(HttpContext context)
    {
        if (await Pages.TryAnswerAsync(context))
            return;

        if (context.Features.Get<RepairedHost>() is not null)
            context.Response.Headers.Connection = "close";
        var requestId = _newRequestId().ToString();
        ReadOnlyMemory<byte> answer;
        try
        {
            answer = await RunAsync(context, requestId);
        }
        catch (Exception gone) when (IsClientGone(gone, context))
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
        var start = Stopwatch.GetTimestamp();
        var action = RequestCounters.UnknownAction;
        var code = RequestCounters.Success;
        try
        {
            var request = await _reader.ReadAsync(context);
            var signed = SignedCall.Read(request, _authentication);
            action = signed.Action;
            var response = _run(signed, new Caller(signed.SecretId, requestId, SourceAddress(context)));
            return Envelope.Write(response, requestId);
        }
        catch (ApiException refused)
        {
            code = refused.Code;
            return Refuse(refused.Code, refused.Message, requestId);
        }
        catch (DomainException refused)
        {
            code = refused.Code;
            // The domain caught a failure below it: the client gets its code, the log gets the cause.
            if (refused.Code.StartsWith(ErrorCodes.InternalError, StringComparison.Ordinal))
                _logger.LogError(refused, "Request {RequestId} failed", requestId);
            return Refuse(refused.Code, refused.Message, requestId);
        }
        catch (Exception failure) when (!IsClientGone(failure, context))
        {
            code = ErrorCodes.InternalError;
            // The top of a request: logged once, here, with the id that the client gets.
            _logger.LogError(failure, "Request {RequestId} failed", requestId);
            var message = $"The server failed; its log has the cause under RequestId {requestId}.";
            return Envelope.WriteError(ErrorCodes.InternalError, message, requestId);
        }
        finally
        {
            Requests.Count(action, code, Stopwatch.GetElapsedTime(start));
        }
    }

    private ReadOnlyMemory<byte> Refuse(string code, string message, string requestId)
    {
        _logger.LogDebug("Request {RequestId} refused: {Code} {Message}", requestId, code, message);
        return Envelope.WriteError(code, message, requestId);
    }

    private static bool IsClientGone(Exception exception, HttpContext context) => exception switch
    {
        OperationCanceledException => context.RequestAborted.IsCancellationRequested,
        ConnectionAbortedException or ConnectionResetException or BadHttpRequestException => true,
        _ => false,
    };

    private static string SourceAddress(HttpContext context) =>
        context.Connection.RemoteIpAddress?.ToString() ?? "";
}
