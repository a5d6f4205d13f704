namespace Tidemark.Api.Tests.Clients;

/// <summary>The Go SDK: <c>+</c> for a blank, small booleans, numbers used once of 19 digits.</summary>
public sealed class GoSdkTests
{
    private static readonly ClientHabits Habits = new()
    {
        Form = new ClientForm("+", "-_.~", "true"),
        MoreHeaders = [("X-TC-RequestClient", "SDK_GO_1.3.166"), ("X-TC-Language", "en-US")],
        MorePairs = [("RequestClient", "SDK_GO_1.3.166")],
        Nonce = "8717895732742165505",
    };

    [Fact]
    public Task Tc3_post() => SampleCall.AssertUnderstoodAsync(Habits.Tc3Post());

    [Fact]
    public Task Tc3_post_of_terraform() => SampleCall.AssertUnderstoodAsync(
        (Habits with { MoreHeaders = [("X-TC-RequestClient", "Terraform-latest,id=disk-1#2")] }).Tc3Post());

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
