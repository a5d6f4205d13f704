using Tidemark.Api.Wire;

namespace Tidemark.Api.Tests.Wire;

public sealed class WireTimeTests
{
    private static readonly DateTimeOffset Time = new(2026, 11, 22, 20, 30, 5, 250, TimeSpan.Zero);

    [Fact]
    public void Times_without_offset_are_local_to_china() =>
        Assert.Equal("2026-11-23 04:30:05", WireTime.Plain(Time));

    [Fact]
    public void Times_with_offset_say_so() => Assert.Equal("2026-11-23T04:30:05+08:00", WireTime.WithOffset(Time));

    [Fact]
    public void Extension_times_are_utc() => Assert.Equal("2026-11-22T20:30:05.250Z", WireTime.Utc(Time));

    [Theory]
    [InlineData("2026-11-22T20:30:05.250Z")]
    [InlineData("2026-11-22T20:30:05.250+00:00")]
    [InlineData("2026-11-23T04:30:05.250+08:00")]
    [InlineData("2026-11-22T20:30:05.250")]
    public void Iso_times_are_read(string text) => Assert.Equal(Time, WireTime.Parse(text));

    [Theory]
    [InlineData("2026-11-22 20:30:05")]
    [InlineData("tomorrowT")]
    [InlineData("2026-13-22T20:30:05Z")]
    [InlineData("T")]
    public void Other_times_are_not(string text) => Assert.Null(WireTime.Parse(text));
}
