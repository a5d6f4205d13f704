namespace Tidemark.Api.Tests.Clients;

/// <summary>
/// tccli: the Python SDK with a longer name, and a Host with a scheme when its endpoint is plain HTTP.
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
    public Task Tc3_post_to_an_endpoint_with_a_scheme() => SampleCall.AssertUnderstoodAsync(
        (Habits with { Host = "http://127.0.0.1:8780" }).Tc3Post());
}
