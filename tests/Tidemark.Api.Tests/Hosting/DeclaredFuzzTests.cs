using System.Text.Json;
using System.Text.Json.Nodes;
using Tidemark.Api.Actions;
using Tidemark.Api.Hosting;
using Tidemark.Api.Tests.Actions;
using Tidemark.Api.Wire;
using Tidemark.Disks;
using Tidemark.Disks.Keys;

namespace Tidemark.Api.Tests.Hosting;

/// <summary>
/// What actions declare, flattened into queries, and headers with nonsense in them: whatever comes, the answer is a
/// whole envelope, and no failure of the server.
/// </summary>
public sealed class DeclaredFuzzTests
{
    private const int Rounds = 20;

    private static readonly string[] Headers =
    [
        "Authorization", "X-TC-Action", "X-TC-Version", "X-TC-Timestamp", "X-TC-Region", "X-TC-Token",
        "X-TC-Content-SHA256", "X-TC-Language", "X-TC-RequestClient",
    ];

    private static readonly string[] Values =
    [
        "", " ", "0", "-1", "1e9", "99999999999999999999", "夜", "UNSIGNED-PAYLOAD", "SKIP", "a,b", "null", "\t",
        "TC3-HMAC-SHA256", "TC3-HMAC-SHA256 Credential=/////", "Bearer x", new('/', 300), new('A', 5000),
        "TC3-HMAC-SHA256 Credential=a/b/c/tc3_request, SignedHeaders=host;content-type;;, Signature=",
        "TC3-HMAC-SHA256 Credential=AKIDEXAMPLEEXAMPLEEXAMPLE/2026-11-22/cbs/tc3_request, "
            + "SignedHeaders=content-type;host, Signature=zz",
    ];

    [Fact]
    public async Task Flattened_members_of_every_action_get_an_envelope()
    {
        var random = Seed.Random(nameof(Flattened_members_of_every_action_get_an_envelope));
        var bodies = new DeclaredBodies(random, ["disk-00000000", "snap-00000000"]);
        await using var face = await RunningFace.StartAsync(RunWithoutDomain);
        foreach (var action in ActionTable.All)
        {
            for (var round = 0; round < Rounds; round++)
            {
                var body = round % 2 == 0 ? bodies.WellTyped(action.Parameters) : bodies.IllTyped(action.Parameters);
                var query = string.Join('&', Flatten("", body).Append("Unknown=1"));
                // The face's own test says how longer ones are refused.
                if (query.Length < WireRequestReader.TargetBytesMax)
                    AssertEnvelope(await face.SendAsync(face.SignedGet(action.Name, query)), $"{action.Name} {query}");
            }
        }

        Assert.Empty(face.Log.Errors);
    }

    [Fact]
    public async Task Nonsense_in_any_header_gets_an_envelope()
    {
        var random = Seed.Random(nameof(Nonsense_in_any_header_gets_an_envelope));
        await using var face = await RunningFace.StartAsync(RunWithoutDomain);
        foreach (var header in Headers)
        {
            foreach (var value in Values)
            {
                using var request = face.Signed("DescribeDisks", "{}"u8.ToArray());
                request.Headers.Remove(header);
                // Letters beyond ASCII cannot be sent in a header by this client.
                if (random.Next(8) > 0 && value.All(char.IsAscii))
                    request.Headers.TryAddWithoutValidation(header, value);
                AssertEnvelope(await face.SendAsync(request), $"{header}: {value}");
            }
        }

        Assert.Empty(face.Log.Errors);
    }

    private static IEnumerable<string> Flatten(string path, JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(member => Flatten($"{path}{member.Key}.", member.Value)),
        JsonArray items => items.SelectMany((item, index) => Flatten($"{path}{index}.", item)),
        JsonValue value => [$"{path.TrimEnd('.')}={Uri.EscapeDataString(value.ToString())}"],
        _ => [],
    };

    private static ApiResponse RunWithoutDomain(SignedCall signed, Caller caller)
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

    private static void AssertEnvelope(string answer, string seen)
    {
        using var document = JsonDocument.Parse(answer);
        var response = document.RootElement.GetProperty("Response");
        Assert.Equal(RunningFace.FixedId.ToString(), response.GetProperty("RequestId").GetString());
        Assert.False(answer.Contains("\"InternalError", StringComparison.Ordinal), $"{seen}: {answer}");
    }
}
