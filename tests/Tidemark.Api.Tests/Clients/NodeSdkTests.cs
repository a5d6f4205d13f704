namespace Tidemark.Api.Tests.Clients;

/// <summary>
/// The Node SDK: the host is signed without its port and sent with it, except in the older scheme; the service is the
/// first label of the endpoint; a blank in a query is <c>%20</c>.
/// </summary>
public sealed class NodeSdkTests
{
    private static readonly ClientHabits Habits = new()
    {
        Form = new ClientForm("%20", "-_.!~*'()", "true"),
        Service = "127",
        SignedHost = "127.0.0.1",
        MoreHeaders = [("X-TC-RequestClient", "SDK_NODEJS_4.1.313"), ("Accept", "*/*"), ("X-TC-TraceId", "t")],
        MorePairs = [("RequestClient", "SDK_NODEJS_4.1.313")],
    };

    [Fact]
    public Task Tc3_post() => SampleCall.AssertUnderstoodAsync(Habits.Tc3Post());

    [Fact]
    public Task Tc3_post_to_a_name() => SampleCall.AssertUnderstoodAsync(
        (Habits with { Host = "localhost:8780", SignedHost = "localhost", Service = "localhost:8780" }).Tc3Post());

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
