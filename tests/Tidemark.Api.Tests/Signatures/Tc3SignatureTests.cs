using System.Text;
using Microsoft.AspNetCore.Http;
using Tidemark.Api.Signatures;
using Tidemark.Api.Wire;

namespace Tidemark.Api.Tests.Signatures;

public sealed class Tc3SignatureTests
{
    private const long Now = 1795347395;
    private const string Body = """{"DiskId":"disk-6sn1tlgq","SnapshotName":"夜间 snap+1"}""";

    [Fact]
    public void The_published_vector_verifies()
    {
        const string host = "cvm.tencentcloudapi.com";
        const string contentType = "application/json; charset=utf-8";
        const string secretId = "AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE";
        const string body =
            """{"Limit": 1, "Filters": [{"Values": ["\u672a\u547d\u540d"], "Name": "instance-name"}]}""";
        const string authorization =
            $"TC3-HMAC-SHA256 Credential={secretId}/2019-02-25/cvm/tc3_request, SignedHeaders=content-type;host, "
            + "Signature=72e494ea809ad7a8c8f7a4507b9bddcbaa8e581f516e8da2f66e2c5a96525168";
        var request = Request("POST", "", body, host, contentType, authorization, 1551113065);

        var authentication = Authentication(1551113065, secretId, "Gu5t9xGARNpq86cd98joQYCN3EXAMPLE");
        var caller = authentication.VerifyTc3(request).SecretId;

        Assert.Equal(secretId, caller);
    }

    [Theory]
    [InlineData("cbs")]
    [InlineData("127")]
    [InlineData("localhost:8780")]
    [InlineData("a/b")]
    public void Any_service_of_the_scope_verifies(string service) =>
        AssertAccepted(new TestSigner { Service = service });

    [Theory]
    [InlineData("127.0.0.1:8780", "127.0.0.1:8780")]
    [InlineData("127.0.0.1:8780", "127.0.0.1")]
    [InlineData("localhost", "localhost")]
    [InlineData("[::1]:8780", "[::1]:8780")]
    [InlineData("[::1]:8780", "[::1]")]
    [InlineData("[::1]", "[::1]")]
    [InlineData("CBS.Example:80", "cbs.example")]
    public void The_host_verifies_with_and_without_its_port(string sent, string signedText) =>
        AssertAccepted(new TestSigner { Host = sent, SignedHost = signedText });

    [Theory]
    [InlineData("127.0.0.1:8781")]
    [InlineData("127.0.0.2")]
    [InlineData("")]
    public void Another_host_is_refused(string signedHost) => AssertRefused(
        "AuthFailure.SignatureFailure", new TestSigner { SignedHost = signedHost });

    [Theory]
    [InlineData("  ")]
    [InlineData("\t")]
    [InlineData("   ")]
    public void White_space_after_the_algorithm_may_vary(string space) =>
        AssertAccepted(new TestSigner { AfterAlgorithm = space });

    [Fact]
    public void More_signed_headers_are_lower_cased_and_verified()
    {
        var signer = new TestSigner { MoreSigned = [("x-tc-action", "DescribeDisks"), ("x-tc-version", "2017-03-12")] };

        AssertAccepted(signer);
    }

    [Fact]
    public void A_changed_signed_header_is_refused()
    {
        var signer = new TestSigner { MoreSigned = [("x-tc-action", "TerminateDisks")] };

        AssertRefused("AuthFailure.SignatureFailure", signer);
    }

    [Fact]
    public void A_signed_header_that_was_not_sent_is_refused()
    {
        var signer = new TestSigner { MoreSigned = [("x-absent", "1")] };

        AssertRefused("AuthFailure.SignatureFailure", signer);
    }

    [Fact]
    public void An_unsigned_payload_verifies_when_it_is_announced()
    {
        var signer = new TestSigner { SignsPayload = false };
        var request = Sign(signer, "POST", "", "", Body);
        request.Headers["X-TC-Content-SHA256"] = "UNSIGNED-PAYLOAD";

        Assert.Equal(signer.SecretId, Authentication(Now).VerifyTc3(request).SecretId);
    }

    [Fact]
    public void An_unsigned_payload_is_refused_when_it_is_not_announced() =>
        AssertRefused("AuthFailure.SignatureFailure", new TestSigner { SignsPayload = false });

    [Theory]
    [InlineData("DiskId=disk-1&SnapshotName=a+b", "DiskId=disk-1&SnapshotName=a+b")]
    [InlineData("SnapshotName=a%20b", "SnapshotName=a%20b")]
    [InlineData("SnapshotName=~a~", "SnapshotName=~a~")]
    [InlineData("SnapshotName=~a~", "SnapshotName=%7Ea%7E")]
    [InlineData("", "")]
    public void A_get_verifies_over_its_raw_query(string sent, string signedText)
    {
        var signer = new TestSigner { ContentType = "application/x-www-form-urlencoded", SignedHost = "127.0.0.1" };
        var request = Sign(signer, "GET", sent, signedText, "");

        Assert.Equal(signer.SecretId, Authentication(Now).VerifyTc3(request).SecretId);
    }

    [Fact]
    public void A_get_with_another_query_is_refused()
    {
        var signer = new TestSigner { ContentType = "application/x-www-form-urlencoded" };
        var request = Sign(signer, "GET", "DiskId=disk-2", "DiskId=disk-1", "");

        AssertCode("AuthFailure.SignatureFailure", () => Authentication(Now).VerifyTc3(request));
    }

    [Fact]
    public void A_changed_body_is_refused()
    {
        var request = Sign(new TestSigner(), "POST", "", "", Body) with { Body = "{}"u8.ToArray() };

        AssertCode("AuthFailure.SignatureFailure", () => Authentication(Now).VerifyTc3(request));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(300)]
    [InlineData(-300)]
    public void A_timestamp_within_five_minutes_verifies(int skew) =>
        AssertAccepted(new TestSigner { Timestamp = Now + skew });

    [Theory]
    [InlineData(301)]
    [InlineData(-301)]
    [InlineData(86_400)]
    public void A_timestamp_further_away_is_expired(int skew) =>
        AssertRefused("AuthFailure.SignatureExpire", new TestSigner { Timestamp = Now + skew });

    [Fact]
    public void A_scope_of_another_day_is_refused() =>
        AssertRefused("AuthFailure.SignatureFailure", new TestSigner { Date = "2026-11-21" });

    [Fact]
    public void An_unknown_key_is_named_as_such() =>
        AssertRefused("AuthFailure.SecretIdNotFound", new TestSigner { SecretId = "AKIDOTHER" });

    [Fact]
    public void A_wrong_secret_is_refused() =>
        AssertRefused("AuthFailure.SignatureFailure", new TestSigner { SecretKey = "wrong" });

    [Theory]
    [InlineData("")]
    [InlineData("with blank")]
    [InlineData("naïve")]
    public void An_impossible_key_id_is_named_as_such(string secretId) =>
        AssertRefused("AuthFailure.InvalidSecretId", new TestSigner { SecretId = secretId });

    [Theory]
    [InlineData(null, "AuthFailure")]
    [InlineData("", "AuthFailure")]
    [InlineData("SKIP", "AuthFailure")]
    [InlineData("Basic dXNlcjpwYXNz", "AuthFailure.SignatureFailure")]
    [InlineData("TC3-HMAC-SHA256", "AuthFailure.SignatureFailure")]
    [InlineData("TC3-HMAC-SHA256 Credential=a/b/c/tc3_request", "AuthFailure.SignatureFailure")]
    [InlineData(
        "TC3-HMAC-SHA256 Credential=a/tc3_request, SignedHeaders=content-type;host, Signature=00",
        "AuthFailure.SignatureFailure")]
    [InlineData(
        "TC3-HMAC-SHA256 Credential=a/b/c/d, SignedHeaders=content-type;host, Signature=00",
        "AuthFailure.SignatureFailure")]
    [InlineData(
        "TC3-HMAC-SHA256 Credential=a/b/c/tc3_request, SignedHeaders=host, Signature=00",
        "AuthFailure.SignatureFailure")]
    [InlineData(
        "TC3-HMAC-SHA256 Credential=a/b/c/tc3_request, SignedHeaders=content-type, Signature=00",
        "AuthFailure.SignatureFailure")]
    public void An_unusable_authorization_is_refused(string? authorization, string code)
    {
        var request = Sign(new TestSigner(), "POST", "", "", Body);
        request.Headers.Remove("Authorization");
        if (authorization is not null)
            request.Headers.Authorization = authorization;

        AssertCode(code, () => Authentication(Now).VerifyTc3(request));
    }

    [Theory]
    [InlineData("zz")]
    [InlineData("")]
    [InlineData("00")]
    public void A_signature_that_is_not_a_digest_is_refused(string signature)
    {
        var request = Sign(new TestSigner(), "POST", "", "", Body);
        var text = request.Headers.Authorization.ToString();
        request.Headers.Authorization = text[..(text.LastIndexOf('=') + 1)] + signature;

        AssertCode("AuthFailure.SignatureFailure", () => Authentication(Now).VerifyTc3(request));
    }

    [Theory]
    [InlineData(null, "MissingParameter")]
    [InlineData("soon", "InvalidParameterValue")]
    [InlineData("-5", "InvalidParameterValue")]
    [InlineData("9223372036854775807", "InvalidParameterValue")]
    [InlineData("99999999999999999999999", "InvalidParameterValue")]
    public void A_timestamp_must_be_seconds(string? timestamp, string code)
    {
        var request = Sign(new TestSigner(), "POST", "", "", Body);
        request.Headers.Remove("X-TC-Timestamp");
        if (timestamp is not null)
            request.Headers["X-TC-Timestamp"] = timestamp;

        AssertCode(code, () => Authentication(Now).VerifyTc3(request));
    }

    [Fact]
    public void A_session_token_is_refused()
    {
        var request = Sign(new TestSigner(), "POST", "", "", Body);
        request.Headers["X-TC-Token"] = "TOKEN";

        AssertCode("AuthFailure.TokenFailure", () => Authentication(Now).VerifyTc3(request));
    }

    [Fact]
    public void Every_single_changed_character_of_a_signature_is_refused()
    {
        var request = Sign(new TestSigner(), "POST", "", "", Body);
        var text = request.Headers.Authorization.ToString();
        for (var i = text.Length - 64; i < text.Length; i++)
        {
            var changed = text.ToCharArray();
            changed[i] = changed[i] == '0' ? '1' : '0';
            request.Headers.Authorization = new string(changed);

            AssertCode("AuthFailure.SignatureFailure", () => Authentication(Now).VerifyTc3(request));
        }
    }

    private static void AssertAccepted(TestSigner signer) => Assert.Equal(
        signer.SecretId, Authentication(Now).VerifyTc3(Sign(signer, "POST", "", "", Body)).SecretId);

    private static void AssertRefused(string code, TestSigner signer) =>
        AssertCode(code, () => Authentication(Now).VerifyTc3(Sign(signer, "POST", "", "", Body)));

    private static void AssertCode(string code, Action act) =>
        Assert.Equal(code, Assert.Throws<ApiException>(act).Code);

    private static RequestAuthentication Authentication(
        long now, string id = TestSigner.KnownId, string key = TestSigner.KnownKey) => new(
        secretId => secretId == id ? key : null, new FixedClock(DateTimeOffset.FromUnixTimeSeconds(now)));

    private static WireRequest Sign(TestSigner signer, string method, string query, string signedQuery, string body)
    {
        var authorization = signer.Authorization(method, signedQuery, Encoding.UTF8.GetBytes(body));
        return Request(method, query, body, signer.Host, signer.ContentType, authorization, signer.Timestamp);
    }

    private static WireRequest Request(
        string method, string query, string body, string host, string contentType, string authorization, long timestamp)
    {
        var headers = new HeaderDictionary
        {
            ["Host"] = host,
            ["Content-Type"] = contentType,
            ["Authorization"] = authorization,
            ["X-TC-Action"] = "DescribeDisks",
            ["X-TC-Version"] = "2017-03-12",
            ["X-TC-Timestamp"] = timestamp.ToString(),
        };
        return new WireRequest
        {
            Method = method,
            Path = "/",
            RawQuery = query,
            Host = host,
            Headers = headers,
            Body = Encoding.UTF8.GetBytes(body),
        };
    }
}
