using System.Text;
using Tidemark.Api.Tests.Hosting;

namespace Tidemark.Api.Tests.Clients;

/// <summary>How one client signs and writes; makes its requests of the sample call.</summary>
internal sealed record ClientHabits
{
    private const string FormMediaType = "application/x-www-form-urlencoded";

    /// <summary>How it writes queries and forms.</summary>
    public required ClientForm Form { get; init; }

    /// <summary>The service that it puts into the credential scope.</summary>
    public string Service { get; init; } = "cbs";

    /// <summary>The host that it sends.</summary>
    public string Host { get; init; } = SampleCall.Host;

    /// <summary>The host that it signs in the newer scheme, when that is another.</summary>
    public string? SignedHost { get; init; }

    /// <summary>The JSON that it sends.</summary>
    public byte[] Json { get; init; } = SampleCall.Json;

    /// <summary>The media type of its JSON.</summary>
    public string JsonMediaType { get; init; } = "application/json";

    /// <summary>What stands after the algorithm's name.</summary>
    public string AfterAlgorithm { get; init; } = " ";

    /// <summary>More headers that it signs.</summary>
    public IReadOnlyList<(string Name, string Value)> MoreSigned { get; init; } = [];

    /// <summary>Headers that it sends besides those that the API needs.</summary>
    public IReadOnlyList<(string Name, string Value)> MoreHeaders { get; init; } = [];

    /// <summary>Parameters that it adds to the older scheme.</summary>
    public IReadOnlyList<(string Name, string Value)> MorePairs { get; init; } = [];

    /// <summary>The target of its POST in the older scheme.</summary>
    public string LegacyPostTarget { get; init; } = "/";

    /// <summary>Its number used once.</summary>
    public string Nonce { get; init; } = "9111";

    /// <summary>What it signs in place of a query, when that is not what it sends.</summary>
    public Func<string, string> SignedQuery { get; init; } = query => query;

    /// <summary>The newer scheme, POST.</summary>
    public ClientRequest Tc3Post(bool signsPayload = true)
    {
        var signer = Signer(JsonMediaType) with { SignsPayload = signsPayload };
        var headers = Headers(signer.Authorization("POST", "", Json), JsonMediaType);
        if (!signsPayload)
            headers.Add(("X-TC-Content-SHA256", "UNSIGNED-PAYLOAD"));
        return new ClientRequest("POST", "/", Json) { Headers = headers };
    }

    /// <summary>The newer scheme, GET.</summary>
    public ClientRequest Tc3Get()
    {
        var query = Form.Write(SampleCall.Pairs(Form));
        var authorization = Signer(FormMediaType).Authorization("GET", SignedQuery(query), []);
        return new ClientRequest("GET", "/?" + query, []) { Headers = Headers(authorization, FormMediaType) };
    }

    /// <summary>The older scheme.</summary>
    public ClientRequest Legacy(string method, string digest)
    {
        List<(string Name, string Value)> pairs = [.. SampleCall.LegacyPairs(Form, digest, Nonce), .. MorePairs];
        var signer = new TestSigner { Host = Host };
        pairs.Add(("Signature", signer.Legacy(method, digest, pairs)));
        var form = Form.Write(pairs);
        return method == "GET"
            ? new ClientRequest("GET", "/?" + form, []) { Headers = [("Host", Host)] }
            : new ClientRequest("POST", LegacyPostTarget, Encoding.ASCII.GetBytes(form))
            {
                Headers = [("Host", Host), ("Content-Type", FormMediaType)],
            };
    }

    private TestSigner Signer(string mediaType) => new()
    {
        Host = Host,
        SignedHost = SignedHost,
        Service = Service,
        ContentType = mediaType,
        AfterAlgorithm = AfterAlgorithm,
        MoreSigned = MoreSigned,
    };

    private List<(string Name, string Value)> Headers(string authorization, string mediaType) =>
    [
        ("Host", Host), ("Authorization", authorization), ("Content-Type", mediaType),
        ("X-TC-Action", SampleCall.Action), ("X-TC-Version", SampleCall.Version),
        ("X-TC-Timestamp", $"{RunningFace.Now}"),
        ("X-TC-Region", SampleCall.Region), .. MoreHeaders,
    ];
}
