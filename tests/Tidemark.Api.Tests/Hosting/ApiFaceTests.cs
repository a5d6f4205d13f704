using System.Net;
using System.Text;
using Tidemark.Api.Actions;
using Tidemark.Api.Actions.SnapshotActions;
using Tidemark.Api.Hosting;
using Tidemark.Api.Wire;
using Tidemark.Disks;

namespace Tidemark.Api.Tests.Hosting;

public sealed class ApiFaceTests
{
    private const string Empty = """{"Response":{"RequestId":"11111111-2222-3333-4444-555555555555"}}""";

    [Fact]
    public async Task A_signed_post_runs_with_its_parameters()
    {
        await using var face = await RunningFace.StartAsync(EchoName);

        var body = """{"SnapshotName":"夜间 +~"}"""u8.ToArray();

        var answer = await face.SendAsync(face.Signed("CreateSnapshot", body));

        Assert.Contains("""{"Response":{"SnapshotId":"CreateSnapshot local 夜间 +~",""", answer);
    }

    [Fact]
    public async Task A_signed_get_runs_with_its_parameters()
    {
        await using var face = await RunningFace.StartAsync(EchoName);

        var answer = await face.SendAsync(face.SignedGet("CreateSnapshot", "SnapshotName=%E5%A4%9C+%2B~"));

        Assert.Contains("\"SnapshotId\":\"CreateSnapshot local 夜 +~\"", answer);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    public async Task The_older_signature_runs_with_its_parameters(string method)
    {
        await using var face = await RunningFace.StartAsync(EchoName);

        var answer = await face.SendAsync(Legacy(face, method));

        Assert.Contains("\"SnapshotId\":\"CreateSnapshot local 夜 +~\"", answer);
    }

    [Fact]
    public async Task An_empty_question_mark_after_the_path_is_no_query()
    {
        await using var face = await RunningFace.StartAsync(EchoName);
        using var request = Legacy(face, "POST");
        request.RequestUri = new Uri(face.Address, "/?");

        Assert.Contains("SnapshotId", await face.SendAsync(request));
    }

    [Fact]
    public async Task A_refusal_of_the_domain_is_an_error_in_the_envelope()
    {
        await using var face = await RunningFace.StartAsync(
            (_, _) => throw new DomainException("InvalidDiskId.NotFound", "There is no disk disk-x."));

        var answer = await face.SendAsync(face.Signed("ResizeDisk", "{}"u8.ToArray()));

        Assert.Equal(
            """
            {"Response":{"Error":{"Code":"InvalidDiskId.NotFound","Message":"There is no disk disk-x."},
            "RequestId":"11111111-2222-3333-4444-555555555555"}}
            """.ReplaceLineEndings(""),
            answer);
        Assert.Empty(face.Log.Errors);
    }

    [Fact]
    public async Task A_failure_is_logged_once_and_told_without_its_cause()
    {
        await using var face = await RunningFace.StartAsync((_, _) => throw new InvalidOperationException("secret"));

        var answer = await face.SendAsync(face.Signed("ResizeDisk", "{}"u8.ToArray()));

        Assert.Contains("\"Code\":\"InternalError\"", answer);
        Assert.DoesNotContain("secret", answer);
        Assert.Contains($"{RunningFace.FixedId} failed InvalidOperationException", Assert.Single(face.Log.Errors));
    }

    [Fact]
    public async Task The_caller_is_told_to_the_action()
    {
        Caller? seen = null;
        await using var face = await RunningFace.StartAsync((_, caller) =>
        {
            seen = caller;
            return new ApiResponse();
        });

        Assert.Equal(Empty, await face.SendAsync(face.Signed("ResizeDisk", "{}"u8.ToArray())));

        Assert.Equal(new Caller(TestSigner.KnownId, RunningFace.FixedId.ToString(), "127.0.0.1"), seen);
    }

    [Theory]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [InlineData("OPTIONS")]
    [InlineData("PATCH")]
    public async Task Other_methods_are_refused(string method)
    {
        await using var face = await RunningFace.StartAsync(EchoName);

        var answer = await face.SendAsync(new HttpRequestMessage(new HttpMethod(method), "/"));

        Assert.Contains("\"Code\":\"UnsupportedProtocol\"", answer);
    }

    [Fact]
    public async Task A_signed_post_that_is_not_json_is_refused()
    {
        await using var face = await RunningFace.StartAsync(EchoName);
        var signer = face.Signer with { ContentType = "multipart/form-data; boundary=B" };
        using var request = face.Signed("CreateSnapshot", "--B--"u8.ToArray());
        request.Headers.Remove("Authorization");
        request.Headers.TryAddWithoutValidation("Authorization", signer.Authorization("POST", "", "--B--"u8));
        request.Content!.Headers.Remove("Content-Type");
        request.Content.Headers.TryAddWithoutValidation("Content-Type", signer.ContentType);

        Assert.Contains("\"Code\":\"UnsupportedProtocol\"", await face.SendAsync(request));
    }

    [Theory]
    [InlineData("X-TC-Action")]
    [InlineData("X-TC-Version")]
    public async Task Action_and_version_are_required(string header)
    {
        await using var face = await RunningFace.StartAsync(EchoName);
        using var request = face.Signed("CreateSnapshot", "{}"u8.ToArray());
        request.Headers.Remove(header);

        var answer = await face.SendAsync(request);

        Assert.Contains($"\"Code\":\"MissingParameter\",\"Message\":\"{header} ", answer);
    }

    [Fact]
    public async Task Another_path_is_explained()
    {
        await using var face = await RunningFace.StartAsync(EchoName);
        using var request = face.Signed("CreateSnapshot", "{}"u8.ToArray());
        request.RequestUri = new Uri("/cbs", UriKind.Relative);

        var answer = await face.SendAsync(request);

        Assert.Contains("\"Code\":\"InvalidParameter\",\"Message\":\"The API answers at", answer);
    }

    [Fact]
    public async Task Unsigned_requests_are_refused()
    {
        await using var face = await RunningFace.StartAsync(EchoName);

        using var post = new HttpRequestMessage(HttpMethod.Post, "/") { Content = new StringContent("{}") };
        using var get = new HttpRequestMessage(HttpMethod.Get, "/?Action=DescribeDisks&Version=2017-03-12");

        Assert.Contains("\"Code\":\"AuthFailure\"", await face.SendAsync(post));
        Assert.Contains("\"Code\":\"AuthFailure\"", await face.SendAsync(get));
    }

    [Theory]
    [InlineData("/", HttpStatusCode.OK, "Tidemark")]
    [InlineData("/healthz", HttpStatusCode.OK, "ok\n")]
    [InlineData("/favicon.ico", HttpStatusCode.NotFound, "")]
    public async Task People_and_supervisors_get_plain_text(string path, HttpStatusCode status, string start)
    {
        await using var face = await RunningFace.StartAsync(EchoName);

        using var response = await face.Client.GetAsync(
            new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal(status, response.StatusCode);
        Assert.StartsWith(start, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("application/json", WireRequestReader.JsonBytesMax)]
    [InlineData("application/x-www-form-urlencoded", WireRequestReader.FormBytesMax)]
    public async Task A_body_over_its_bound_is_refused_announced_or_not(string contentType, int bytesMax)
    {
        await using var face = await RunningFace.StartAsync(EchoName);
        var headers = $"POST / HTTP/1.1\r\nHost: {face.Address.Authority}\r\nContent-Type: {contentType}\r\n";
        var announced = Encoding.ASCII.GetBytes($"{headers}Content-Length: {bytesMax + 1}\r\n\r\n");
        var chunk = Encoding.ASCII.GetBytes($"{headers}Transfer-Encoding: chunked\r\n\r\n{bytesMax + 1:x}\r\n");
        byte[] chunked = [.. chunk, .. new byte[bytesMax + 1], .. "\r\n0\r\n\r\n"u8];

        Assert.Contains("\"Code\":\"RequestSizeLimitExceeded\"", await face.SendRawAsync(announced, endsThere: false));
        Assert.Contains("\"Code\":\"RequestSizeLimitExceeded\"", await face.SendRawAsync(chunked, endsThere: false));
    }

    [Fact]
    public async Task A_large_signed_body_runs()
    {
        await using var face = await RunningFace.StartAsync(EchoName);
        var body = Encoding.UTF8.GetBytes($$"""{"SnapshotName":"n","Filler":"{{new string('x', 9_000_000)}}"}""");

        Assert.Contains("CreateSnapshot local n", await face.SendAsync(face.Signed("CreateSnapshot", body)));
    }

    [Fact]
    public async Task A_query_over_its_bound_is_refused()
    {
        await using var face = await RunningFace.StartAsync(EchoName);

        var answer = await face.SendAsync(face.SignedGet("CreateSnapshot", "A=" + new string('a', 33 * 1024)));

        Assert.Contains("\"Code\":\"RequestSizeLimitExceeded\"", answer);
    }

    private static CreateSnapshotResponse EchoName(SignedCall signed, Caller caller)
    {
        var name = signed.ReadParameters(CreateSnapshot.Action.Parameters).Text("SnapshotName");
        return new CreateSnapshotResponse { SnapshotId = $"{signed.Action} {signed.Region} {name}" };
    }

    private static HttpRequestMessage Legacy(RunningFace face, string method)
    {
        List<(string Name, string Value)> parameters =
        [
            ("Action", "CreateSnapshot"), ("Version", "2017-03-12"), ("Region", "local"), ("Nonce", "77"),
            ("SecretId", TestSigner.KnownId), ("Timestamp", $"{RunningFace.Now}"), ("SnapshotName", "夜 +~"),
        ];
        parameters.Add(("Signature", face.Signer.Legacy(method, "HmacSHA1", parameters)));
        var form = string.Join('&', parameters.Select(p => $"{p.Name}={Uri.EscapeDataString(p.Value)}"));
        return method == "GET"
            ? new HttpRequestMessage(HttpMethod.Get, new Uri(face.Address, "/?" + form))
            : new HttpRequestMessage(HttpMethod.Post, "/")
            {
                Content = new StringContent(form, Encoding.UTF8, "application/x-www-form-urlencoded"),
            };
    }
}
