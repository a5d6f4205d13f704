using Tidemark.Api.Actions;
using Tidemark.Api.Tests.Hosting;

namespace Tidemark.Api.Tests.Server;

public sealed class SignedNonsenseTests
{
    private const int Rounds = 400;

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    public async Task Nonsense_with_a_good_signature_never_fails_the_server(int seed)
    {
        var random = new Random(seed);
        await using var server = await RunningServer.StartAsync();
        await server.NewSnapshotAsync(await server.NewDiskAsync());
        string[] actions = [.. ActionTable.Names];
        for (var round = 0; round < Rounds; round++)
        {
            var body = Nonsense.Body(random);
            var action = actions[random.Next(actions.Length)];

            var answer = await server.SendAsync(action, body);

            var seen = $"seed {seed}, round {round}, {action}, {Convert.ToHexString(body)}: {answer}";
            Assert.StartsWith("{\"Response\":{", answer);
            Assert.False(answer.Contains("\"Code\":\"InternalError", StringComparison.Ordinal), seen);
        }

        Assert.Empty(server.Log.Errors);
    }
}
