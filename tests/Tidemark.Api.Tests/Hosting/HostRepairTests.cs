using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using Tidemark.Api.Hosting;
using Tidemark.Api.Wire;

namespace Tidemark.Api.Tests.Hosting;

public sealed class HostRepairTests
{
    [Theory]
    [InlineData("POST / HTTP/1.1\r\nHost: http://h:1\r\n\r\n", "POST / HTTP/1.1\r\nHost:        h:1\r\n\r\n")]
    [InlineData(
        "POST / HTTP/1.1\r\nA: b\r\nhost:https://h\r\n\r\n", "POST / HTTP/1.1\r\nA: b\r\nhost:        h\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: h:1\r\n\r\nHost: http://h\r\n", null)]
    [InlineData("GET / HTTP/1.1\r\nA: Host: http://h\r\nHost: h\r\n\r\n", null)]
    [InlineData("GET / HTTP/1.1\r\nX-Host: http://h\r\nHost: h\r\n\r\n", null)]
    [InlineData("POST / HTTP/1.1\r\n\r\nHost: http://h:1\r\n\r\n", null)]
    [InlineData("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\nHost: http://h:1\r\n", null)]
    [InlineData("Host: http://h:1\r\n\r\n", null)]
    [InlineData("nonsense", null)]
    public async Task Only_the_scheme_of_the_first_host_header_is_blanked(string sent, string? mended)
    {
        // Whole, and in pieces of every size.
        for (var size = 1; size <= sent.Length; size++)
        {
            var pipe = new Pipe(new PipeOptions(minimumSegmentSize: 16));
            var mending = HostRepair.MendAsync(pipe.Reader, TestContext.Current.CancellationToken);
            for (var at = 0; at < sent.Length; at += size)
            {
                var piece = Encoding.Latin1.GetBytes(sent[at..Math.Min(at + size, sent.Length)]);
                await pipe.Writer.WriteAsync(piece, TestContext.Current.CancellationToken);
            }

            await pipe.Writer.CompleteAsync();
            var scheme = await mending;
            var read = await pipe.Reader.ReadAtLeastAsync(sent.Length, TestContext.Current.CancellationToken);

            Assert.Equal(mended ?? sent, Encoding.Latin1.GetString(read.Buffer.ToArray()));
            Assert.Equal(mended is not null, scheme is not null);
            await pipe.Reader.CompleteAsync();
        }
    }

    [Theory]
    [InlineData(99, 10, true)]
    [InlineData(100, 10, false)]
    [InlineData(3, 10_000, true)]
    [InlineData(4, 10_000, false)]
    public async Task A_host_header_after_too_much_is_left_as_it_is(int linesBefore, int lineBytes, bool isMended)
    {
        var line = "A:" + new string('b', lineBytes - 4) + "\r\n";
        var sent = "POST / HTTP/1.1\r\n" + string.Concat(Enumerable.Repeat(line, linesBefore)) + "Host: http://h\r\n";
        var pipe = new Pipe();
        await pipe.Writer.WriteAsync(Encoding.Latin1.GetBytes(sent), TestContext.Current.CancellationToken);

        // Decided although the head has not ended and nothing more comes.
        var scheme = await HostRepair.MendAsync(pipe.Reader, TestContext.Current.CancellationToken);

        Assert.Equal(isMended ? "http://" : null, scheme);
    }

    [Fact]
    public async Task A_request_with_a_url_for_a_host_is_answered_once_and_its_signature_covers_the_url()
    {
        await using var face = await RunningFace.StartAsync((_, _) => new ApiResponse());
        var host = $"http://{face.Address.Authority}";

        var answer = await face.SendRawAsync(Request(face, host, host), endsThere: false);
        var unsigned = await face.SendRawAsync(Request(face, host, face.Address.Authority), endsThere: false);

        Assert.StartsWith("HTTP/1.1 200 OK", answer, StringComparison.Ordinal);
        Assert.Contains("Connection: close", answer, StringComparison.Ordinal);
        Assert.EndsWith(
            $"{{\"Response\":{{\"RequestId\":\"{RunningFace.FixedId}\"}}}}", answer, StringComparison.Ordinal);
        Assert.Contains("AuthFailure.SignatureFailure", unsigned, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_with_a_plain_host_keeps_its_connection()
    {
        await using var face = await RunningFace.StartAsync((_, _) => new ApiResponse());
        var host = face.Address.Authority;

        var answer = await face.SendRawAsync(Request(face, host, host), endsThere: false);

        Assert.DoesNotContain("Connection: close", answer, StringComparison.Ordinal);
        Assert.Contains("\"RequestId\"", answer, StringComparison.Ordinal);
    }

    private static byte[] Request(RunningFace face, string host, string signedHost)
    {
        var signer = face.Signer with { SignedHost = signedHost };
        var head = $"POST / HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\nContent-Length: 2\r\n"
            + $"Authorization: {signer.Authorization("POST", "", "{}"u8)}\r\nX-TC-Action: DescribeDisks\r\n"
            + $"X-TC-Version: 2017-03-12\r\nX-TC-Timestamp: {RunningFace.Now}\r\nX-TC-Region: local\r\n\r\n{{}}";
        return Encoding.Latin1.GetBytes(head);
    }
}
