using Tidemark.Api.Tests.Hosting;
using Tidemark.Api.Wire;

namespace Tidemark.Api.Tests.Clients;

/// <summary>
/// tccli: the Python SDK with a longer name, and a Host that is no host when its endpoint is plain HTTP.
/// </summary>
public sealed class TccliTests
{
    private static readonly ClientHabits Habits = new()
    {
        Form = new ClientForm("+", "_.-~", "True"),
        Json = SampleCall.AsciiJson,
        MoreHeaders = [("X-TC-RequestClient", "SDK_PYTHON_3.1.162; _CLI_3.1.155.1"), ("X-TC-Language", "zh-CN")],
    };

    [Fact]
    public Task Tc3_post() => SampleCall.AssertUnderstoodAsync(Habits.Tc3Post());

    [Fact]
    public async Task A_host_with_a_scheme_is_refused_by_http_itself()
    {
        await using var face = await RunningFace.StartAsync((_, _) => new ApiResponse());

        var answer = await face.SendRawAsync(
            (Habits with { Host = "http://127.0.0.1:8780" }).Tc3Post().ToBytes(), endsThere: false);

        Assert.StartsWith("HTTP/1.1 400 ", answer);
        Assert.Empty(face.Log.Errors);
    }
}
