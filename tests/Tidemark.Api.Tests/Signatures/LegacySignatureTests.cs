using Microsoft.AspNetCore.Http;
using Tidemark.Api.Signatures;
using Tidemark.Api.Wire;

namespace Tidemark.Api.Tests.Signatures;

public sealed class LegacySignatureTests
{
    private const long Now = 1795347395;

    [Fact]
    public void The_published_vector_verifies()
    {
        const string secretId = "AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE";
        const string query = "Action=DescribeInstances&InstanceIds.0=ins-09dx96dg&Limit=20&Nonce=11886&Offset=0"
            + $"&Region=ap-guangzhou&SecretId={secretId}&Timestamp=1465185768&Version=2017-03-12"
            + "&Signature=EliP9YW3pW28FpsEdkXt%2F%2BWcGeI%3D";

        var caller = Authentication(1465185768, secretId, "Gu5t9xGARNpq86cd98joQYCN3EXAMPLE")
            .VerifyLegacy(Request("GET", "cvm.tencentcloudapi.com"), QueryText.Parse(query));

        Assert.Equal(secretId, caller);
    }

    [Theory]
    [InlineData("GET", "HmacSHA1", "127.0.0.1:8780")]
    [InlineData("GET", "HmacSHA256", "127.0.0.1:8780")]
    [InlineData("POST", "HmacSHA1", "127.0.0.1:8780")]
    [InlineData("POST", "HmacSHA256", "127.0.0.1:8780")]
    [InlineData("GET", "HmacSHA1", "127.0.0.1")]
    [InlineData("POST", "HmacSHA256", "127.0.0.1")]
    public void Both_digests_verify_with_and_without_the_port(string method, string digest, string signedHost)
    {
        var signer = new TestSigner { SignedHost = signedHost };
        var parameters = Sign(signer, method, digest, Parameters(signer, digest));

        var caller = Authentication(Now).VerifyLegacy(Request(method, signer.Host), parameters);

        Assert.Equal(signer.SecretId, caller);
    }

    [Fact]
    public void The_default_digest_is_sha1()
    {
        var signer = new TestSigner();
        var unnamed = Parameters(signer, "HmacSHA1").Where(pair => pair.Name != "SignatureMethod");
        var parameters = Sign(signer, "GET", "HmacSHA1", unnamed);

        Assert.Equal(signer.SecretId, Authentication(Now).VerifyLegacy(Request("GET", signer.Host), parameters));
    }

    [Theory]
    [InlineData("SnapshotName")]
    [InlineData("Action")]
    [InlineData("Nonce")]
    public void A_changed_parameter_is_refused(string name)
    {
        var signer = new TestSigner();
        var parameters = Sign(signer, "POST", "HmacSHA256", Parameters(signer, "HmacSHA256"))
            .Select(pair => pair.Key == name ? new(name, pair.Value + "1") : pair).ToList();

        AssertCode("AuthFailure.SignatureFailure", "POST", signer, parameters);
    }

    [Theory]
    [InlineData("Signature", null, "AuthFailure")]
    [InlineData("Signature", "", "AuthFailure")]
    [InlineData("Signature", "AAAA", "AuthFailure.SignatureFailure")]
    [InlineData("SecretId", null, "AuthFailure.InvalidSecretId")]
    [InlineData("SecretId", "AKIDOTHER", "AuthFailure.SecretIdNotFound")]
    [InlineData("Timestamp", null, "MissingParameter")]
    [InlineData("Timestamp", "x", "InvalidParameterValue")]
    [InlineData("Timestamp", "1795340000", "AuthFailure.SignatureExpire")]
    [InlineData("SignatureMethod", "HmacMD5", "InvalidParameterValue")]
    [InlineData("Token", "T", "AuthFailure.TokenFailure")]
    public void Each_unusable_parameter_has_its_code(string name, string? value, string code)
    {
        var signer = new TestSigner();
        var parameters = Sign(signer, "GET", "HmacSHA256", Parameters(signer, "HmacSHA256"))
            .Where(pair => pair.Key != name).ToList();
        if (value is not null)
            parameters.Add(new(name, value));

        AssertCode(code, "GET", signer, parameters);
    }

    private static void AssertCode(
        string code, string method, TestSigner signer, IReadOnlyList<KeyValuePair<string, string>> parameters)
    {
        var refused = Assert.Throws<ApiException>(
            () => Authentication(Now).VerifyLegacy(Request(method, signer.Host), parameters));
        Assert.Equal(code, refused.Code);
    }

    private static List<(string Name, string Value)> Parameters(TestSigner signer, string digest) =>
    [
        ("DiskId", "disk-6sn1tlgq"), ("SnapshotName", "夜间 snap+1&=?"), ("Tags.0.Key", "env"), ("Tags.10.Key", "b"),
        ("Action", "CreateSnapshot"), ("Nonce", "2992442583949476073"), ("Timestamp", $"{signer.Timestamp}"),
        ("Version", "2017-03-12"), ("SecretId", signer.SecretId), ("Region", "local"), ("SignatureMethod", digest),
    ];

    private static List<KeyValuePair<string, string>> Sign(
        TestSigner signer, string method, string digest, IEnumerable<(string Name, string Value)> parameters)
    {
        var list = parameters.ToList();
        var signed = list.Select(pair => new KeyValuePair<string, string>(pair.Name, pair.Value)).ToList();
        signed.Add(new("Signature", signer.Legacy(method, digest, list)));
        return signed;
    }

    private static RequestAuthentication Authentication(
        long now, string id = TestSigner.KnownId, string key = TestSigner.KnownKey) => new(
        secretId => secretId == id ? key : null, new FixedClock(DateTimeOffset.FromUnixTimeSeconds(now)));

    private static WireRequest Request(string method, string host) => new()
    {
        Method = method,
        Path = "/",
        RawQuery = "",
        Host = host,
        Headers = new HeaderDictionary(),
    };
}
