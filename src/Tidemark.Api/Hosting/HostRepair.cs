using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;

namespace Tidemark.Api.Hosting;

/// <summary>
/// Mends the one thing that a client of the API sends and HTTP forbids: a Host header that holds a whole URL
/// (<c>Host: http://127.0.0.1:8780</c>). The scheme is overwritten with blanks, which HTTP allows before a value, in
/// the head of the connection's first request; what stood there is kept as a feature: the signature covers it.
/// Nothing else is touched, and nothing is moved.
/// </summary>
internal static class HostRepair
{
    // A head may come in pieces; one without an end that is longer than this is the server's own business.
    private const int HeadBytesMax = 96 * 1024;

    // As long as the server itself waits for a head.
    private static readonly TimeSpan HeadTimeMax = TimeSpan.FromSeconds(30);

    /// <summary>The middleware of a connection.</summary>
    public static ConnectionDelegate Wrap(ConnectionDelegate next) => async connection =>
    {
        // A server that stops must not wait for a client that has not said anything yet.
        var stopping = connection.Features.Get<IConnectionLifetimeNotificationFeature>()?.ConnectionClosedRequested;
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(
            connection.ConnectionClosed, stopping ?? CancellationToken.None);
        if (await MendAsync(connection.Transport.Input, ended.Token) is { } scheme)
            connection.Features.Set(new RepairedHost(scheme));
        await next(connection);
    };

    /// <summary>Waits for the first head and mends it in place; the scheme that was there, or null.</summary>
    internal static async Task<string?> MendAsync(PipeReader input, CancellationToken closed)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(closed);
        timeout.CancelAfter(HeadTimeMax);
        var scan = new HostScan();
        try
        {
            while (true)
            {
                var read = await input.ReadAsync(timeout.Token);
                var isWhole = read.IsCompleted || read.IsCanceled || read.Buffer.Length > HeadBytesMax;
                var (isDecided, scheme) = scan.Continue(read.Buffer);
                if (isDecided || isWhole)
                {
                    // Nothing is consumed or even looked at: the server reads it all again.
                    input.AdvanceTo(read.Buffer.Start, read.Buffer.Start);
                    return scheme;
                }

                input.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or IOException)
        {
            // Too slow, gone or stopping: the server deals with it as ever.
            return null;
        }
    }
}
