using System.Text;
using System.Text.Json;
using Tidemark.Api.Actions.DiskActions;
using Tidemark.Api.Wire;

namespace Tidemark.Api.Tests.Wire;

public sealed class EnvelopeTests
{
    private const string Id = "11111111-2222-3333-4444-555555555555";

    [Fact]
    public void An_action_without_results_answers_its_id_alone() => Assert.Equal(
        $$$"""{"Response":{"RequestId":"{{{Id}}}"}}""", Text(Envelope.Write(new ApiResponse(), Id)));

    [Fact]
    public void An_error_has_code_message_and_id() => Assert.Equal(
        $$$"""{"Response":{"Error":{"Code":"InvalidAction","Message":"夜 <&> \"x\""},"RequestId":"{{{Id}}}"}}""",
        Text(Envelope.WriteError("InvalidAction", "夜 <&> \"x\"", Id)));

    [Fact]
    public void The_id_comes_last() => Assert.Equal(
        $$$"""{"Response":{"DiskIdSet":["disk-1"],"RequestId":"{{{Id}}}"}}""",
        Text(Envelope.Write(new CreateDisksResponse { DiskIdSet = ["disk-1"] }, Id)));

    [Fact]
    public void A_lone_surrogate_still_makes_valid_json()
    {
        using var document = JsonDocument.Parse(Envelope.WriteError("InvalidAction", "a\ud800b\0\u2028", Id));

        Assert.Equal("a\ufffdb\0\u2028", document.RootElement.GetProperty("Response").GetProperty("Error")
            .GetProperty("Message").GetString());
    }

    [Fact]
    public void Every_response_type_is_registered()
    {
        var types = typeof(ApiResponse).Assembly.GetTypes().Where(type => typeof(ApiResponse).IsAssignableFrom(type));

        Assert.All(types, type => Assert.NotNull(WireJson.Default.GetTypeInfo(type)));
    }

    private static string Text(ReadOnlyMemory<byte> bytes) => Encoding.UTF8.GetString(bytes.Span);
}
