using System.Text;
using System.Text.Json;
using Tidemark.Api.Actions;
using Tidemark.Api.Hosting;
using Tidemark.Api.Wire;
using Tidemark.Disks;
using Tidemark.Disks.Keys;

namespace Tidemark.Api.Tests.Hosting;

/// <summary>Seeded nonsense: every answer is a whole envelope or a refusal of HTTP itself, and none is late.</summary>
public sealed class ApiFuzzTests
{
    private const int Rounds = 500;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Signed_nonsense_gets_an_envelope(int seed)
    {
        var random = new Random(seed);
        await using var face = await RunningFace.StartAsync(ReadEverything);
        string[] actions = [.. ActionTable.Names, "", "X"];
        for (var round = 0; round < Rounds; round++)
        {
            var body = Nonsense.Body(random);
            var action = actions[random.Next(actions.Length)];

            var answer = await face.SendAsync(face.Signed(action, body));

            AssertEnvelope(answer, $"seed {seed}, round {round}, {action}, {Convert.ToHexString(body)}");
        }

        Assert.Empty(face.Log.Errors);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Mangled_requests_get_an_envelope_or_a_refusal_of_http(int seed)
    {
        var random = new Random(seed);
        await using var face = await RunningFace.StartAsync(ReadEverything);
        for (var round = 0; round < Rounds; round++)
        {
            var bytes = Mangle(random, Raw(random));

            var answer = await face.SendRawAsync(bytes, endsThere: true);

            var seen = $"seed {seed}, round {round}: {Convert.ToHexString(bytes)} -> {answer}";
            // 505 is the server's word on a mangled protocol version.
            var status = answer.Length < 12 ? "" : answer[9..12];
            Assert.False(status.StartsWith('5') && status != "505", seen);
            if (answer.Contains("application/json", StringComparison.Ordinal))
                AssertEnvelope(FirstBody(answer), seen);
        }

        Assert.Empty(face.Log.Errors);
    }

    private static ApiResponse ReadEverything(SignedCall signed, Caller caller)
    {
        var served = new DomainOptions { MasterKey = MasterKey.Draw(bytes => bytes.Clear()), Region = "local" };
        var dispatch = new ActionDispatch(null!, served, RunningFace.AnyKey, new ApiOptions { Listen = [] }, null!);
        try
        {
            return dispatch.Run(signed, caller);
        }
        catch (NullReferenceException)
        {
            // The request was good enough to reach the domain, which is not there.
            return new ApiResponse();
        }
    }

    // What a mangled length cuts off is a second request to the server, and gets a second answer.
    private static string FirstBody(string answer)
    {
        const string lengthName = "Content-Length: ";
        var body = answer.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4;
        var length = answer.IndexOf(lengthName, StringComparison.Ordinal) + lengthName.Length;
        var digits = answer[length..answer.IndexOf('\r', length)];
        return answer.Substring(body, int.Parse(digits));
    }

    private static byte[] Raw(Random random)
    {
        var body = Nonsense.Body(random);
        // A fixed host, whatever the port: the same seed makes the same bytes.
        var authorization = new TestSigner { Host = "tidemark.test" }.Authorization("POST", "", body);
        var head = $"POST / HTTP/1.1\r\nHost: tidemark.test\r\nContent-Type: application/json\r\n"
            + $"Authorization: {authorization}\r\nX-TC-Action: DescribeDisks\r\nX-TC-Version: 2017-03-12\r\n"
            + $"X-TC-Timestamp: {RunningFace.Now}\r\nX-TC-Region: local\r\nContent-Length: {body.Length}\r\n"
            + "Connection: close\r\n\r\n";
        return [.. Encoding.UTF8.GetBytes(head), .. body];
    }

    private static byte[] Mangle(Random random, byte[] bytes)
    {
        var mangled = bytes.ToList();
        for (var change = random.Next(1, 4); change > 0; change--)
        {
            var at = random.Next(mangled.Count);
            switch (random.Next(3))
            {
                case 0:
                    mangled[at] = (byte)random.Next(256);
                    break;
                case 1:
                    mangled.RemoveRange(at, Math.Min(random.Next(1, 20), mangled.Count - at - 1));
                    break;
                default:
                    mangled.InsertRange(at, mangled.GetRange(at, Math.Min(random.Next(1, 20), mangled.Count - at)));
                    break;
            }
        }

        return [.. mangled];
    }

    private static void AssertEnvelope(string answer, string seen)
    {
        try
        {
            using var document = JsonDocument.Parse(answer);
            var id = document.RootElement.GetProperty("Response").GetProperty("RequestId").GetString();
            Assert.Equal(RunningFace.FixedId.ToString(), id);
            Assert.DoesNotContain("InternalError", answer);
        }
        catch (Exception unexpected) when (unexpected is JsonException or KeyNotFoundException)
        {
            Assert.Fail($"{seen}: {unexpected.Message}");
        }
    }
}
