namespace Tidemark.Api.Tests.Clients;

/// <summary>
/// The Python SDK: JSON of ASCII with blanks, booleans as <c>True</c> in forms, numbers used once of 19 digits, bodies
/// that are left out of the signature when asked for.
/// </summary>
public sealed class PythonSdkTests
{
    private static readonly ClientHabits Habits = new()
    {
        Form = new ClientForm("+", "_.-~", "True"),
        Json = SampleCall.AsciiJson,
        MoreHeaders = [("X-TC-RequestClient", "SDK_PYTHON_3.1.162"), ("X-TC-Language", "en-US"), ("X-TC-TraceId", "t")],
        MorePairs = [("RequestClient", "SDK_PYTHON_3.1.162"), ("Language", "en-US")],
        Nonce = "2992442583949476073",
    };

    [Fact]
    public Task Tc3_post() => SampleCall.AssertUnderstoodAsync(Habits.Tc3Post());

    [Fact]
    public Task Tc3_post_without_port() =>
        SampleCall.AssertUnderstoodAsync((Habits with { Host = "cbs.example.test" }).Tc3Post());

    [Fact]
    public Task Tc3_post_of_an_unsigned_payload() =>
        SampleCall.AssertUnderstoodAsync(Habits.Tc3Post(signsPayload: false));

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
