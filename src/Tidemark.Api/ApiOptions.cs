using System.Net;
using System.Net.Security;
using Microsoft.Extensions.Logging;
using Tidemark.Nbd;

namespace Tidemark.Api;

/// <summary>What the API face is told when it starts; the rest it asks the domain.</summary>
public sealed record ApiOptions
{
    /// <summary>Where to listen, at least one; port 0 takes a free one.</summary>
    public required IReadOnlyList<IPEndPoint> Listen { get; init; }

    /// <summary>
    /// The certificate to show, asked for at each connection; null serves plain HTTP. With one, HTTP/2 is spoken too.
    /// </summary>
    public Func<SslStreamCertificateContext>? Certificate { get; init; }

    /// <summary>The addresses at which disks are served, as DescribeServer reports them.</summary>
    public IReadOnlyList<string> NbdAddresses { get; init; } = [];

    /// <summary>Figures of the NBD server for <c>/metrics</c>; null when there is none in this process.</summary>
    public Func<NbdServerCounters>? NbdCounters { get; init; }

    /// <summary>
    /// Whether the documented request rates are enforced (DescribeDisks 100 a second, every other action 20, for each
    /// key). Off by default: on a machine of one's own the rates only slow scripts down.
    /// </summary>
    public bool LimitRates { get; init; }

    /// <summary>Where request ids come from; a fixed sequence in tests.</summary>
    public Func<Guid> NewRequestId { get; init; } = Guid.NewGuid;

    /// <summary>Sets up the logs; null writes single lines to standard error.</summary>
    public Action<ILoggingBuilder>? ConfigureLogging { get; init; }
}
