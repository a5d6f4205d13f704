namespace Tidemark.Api.Tests.Clients;

/// <summary>
/// The .NET SDK: two blanks after the algorithm, the first label of the endpoint as service, <c>~</c> signed as
/// <c>%7E</c> in a GET and sent as it is, <c>POST /?</c> in the older scheme.
/// </summary>
public sealed class DotNetSdkTests
{
    private static readonly ClientHabits Habits = new()
    {
        Form = new ClientForm("+", "-_.!*()~", "True"),
        Service = "127",
        AfterAlgorithm = "  ",
        MoreHeaders = [("X-TC-RequestClient", "SDK_NET_3.0.1492"), ("X-TC-Language", "en-US")],
        MorePairs = [("RequestClient", "SDK_NET_3.0.1492"), ("Language", "en-US")],
        LegacyPostTarget = "/?",
        SignedQuery = query => query.Replace("~", "%7E"),
    };

    [Fact]
    public Task Tc3_post() => SampleCall.AssertUnderstoodAsync(Habits.Tc3Post());

    [Fact]
    public Task Tc3_post_to_a_name() => SampleCall.AssertUnderstoodAsync(
        (Habits with { Host = "localhost:8780", Service = "localhost:8780" }).Tc3Post());

    [Fact]
    public Task Tc3_post_to_a_name_without_port() => SampleCall.AssertUnderstoodAsync(
        (Habits with { Host = "cbs.example.test", Service = "cbs" }).Tc3Post());

    [Fact]
    public Task Tc3_get() => SampleCall.AssertUnderstoodAsync(Habits.Tc3Get());

    [Theory]
    [InlineData("GET", "HmacSHA1")]
    [InlineData("GET", "HmacSHA256")]
    [InlineData("POST", "HmacSHA1")]
    [InlineData("POST", "HmacSHA256")]
    public Task The_older_scheme(string method, string digest) =>
        SampleCall.AssertUnderstoodAsync(Habits.Legacy(method, digest));
}
