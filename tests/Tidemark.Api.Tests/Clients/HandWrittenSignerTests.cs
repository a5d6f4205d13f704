using Tidemark.Api.Tests.Hosting;

namespace Tidemark.Api.Tests.Clients;

/// <summary>Programs that sign by themselves: more signed headers, a charset, absolute targets.</summary>
public sealed class HandWrittenSignerTests
{
    private static readonly ClientHabits Habits = new() { Form = new ClientForm("+", "-_.~", "true") };

    [Fact]
    public Task The_action_is_signed_in_small_letters() => SampleCall.AssertUnderstoodAsync(
        (Habits with { MoreSigned = [("x-tc-action", SampleCall.Action.ToLowerInvariant())] }).Tc3Post());

    [Fact]
    public Task Time_and_version_are_signed_too()
    {
        var signed = new[]
        {
            ("x-tc-action", "createsnapshot"), ("x-tc-timestamp", $"{RunningFace.Now}"),
            ("x-tc-version", SampleCall.Version),
        };
        return SampleCall.AssertUnderstoodAsync((Habits with { MoreSigned = signed }).Tc3Post());
    }

    [Fact]
    public Task The_media_type_has_a_charset() => SampleCall.AssertUnderstoodAsync(
        (Habits with { JsonMediaType = "application/json; charset=utf-8" }).Tc3Post());

    [Fact]
    public Task The_media_type_is_in_capitals() => SampleCall.AssertUnderstoodAsync(
        (Habits with { JsonMediaType = "Application/JSON" }).Tc3Post());

    [Fact]
    public Task The_target_is_absolute() => SampleCall.AssertUnderstoodAsync(
        Habits.Tc3Post() with { Target = "http://127.0.0.1:8780/" });

    [Fact]
    public Task The_action_is_signed_as_it_is_sent() => SampleCall.AssertUnderstoodAsync(
        (Habits with { MoreSigned = [("x-tc-action", SampleCall.Action)] }).Tc3Post());
}
