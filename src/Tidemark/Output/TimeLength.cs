using System.Globalization;

namespace Tidemark.Output;

/// <summary>Lengths of time as people write them.</summary>
internal static class TimeLength
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(3650);

    /// <summary>Reads 90s, 30m, 12h, 7d or 0, at most ten years; a number without unit is refused.</summary>
    public static TimeSpan Parse(string text)
    {
        var trimmed = text.Trim();
        if (trimmed == "0")
            return TimeSpan.Zero;
        var unit = trimmed.Length > 0 ? UnitOf(trimmed[^1]) : null;
        var isNumber = long.TryParse(
            trimmed.AsSpan(0, Math.Max(trimmed.Length - 1, 0)), NumberStyles.None, CultureInfo.InvariantCulture,
            out var count);
        if (unit is not { } one || !isNumber || count > Longest / one)
        {
            throw CommandException.Usage(
                $"'{text}' is not a length of time, or longer than ten years.",
                "Write it like 7d, 12h, 30m, 90s, or 0.");
        }

        return one * count;
    }

    private static TimeSpan? UnitOf(char letter) => letter switch
    {
        's' => TimeSpan.FromSeconds(1),
        'm' => TimeSpan.FromMinutes(1),
        'h' => TimeSpan.FromHours(1),
        'd' => TimeSpan.FromDays(1),
        _ => null,
    };
}
