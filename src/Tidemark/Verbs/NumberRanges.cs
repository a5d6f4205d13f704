using System.Globalization;
using Tidemark.Output;

namespace Tidemark.Verbs;

/// <summary>Lists of small numbers as people write them: <c>0,6,12-18</c>, or with names <c>mon-fri,sun</c>.</summary>
internal static class NumberRanges
{
    private static readonly string[] DayNames = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

    /// <summary>Days of the week, 0 (Sunday) to 6; a range may go over the end of the week.</summary>
    public static IReadOnlyList<int> DaysOfWeek(string text) => Parse(text, DayOfWeek, (start, end) =>
        end >= start
            ? Enumerable.Range(start, end - start + 1)
            : Enumerable.Range(start, end + DayNames.Length - start + 1).Select(day => day % DayNames.Length));

    /// <summary>Whole numbers within bounds.</summary>
    public static IReadOnlyList<int> Numbers(string text, int smallest, int largest) => Parse(
        text,
        part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number >= smallest && number <= largest
                ? number
                : throw Wrong(part, $"numbers from {smallest} to {largest}, like {smallest},{largest - 4}-{largest}"),
        (start, end) => end >= start
            ? Enumerable.Range(start, end - start + 1)
            : throw Wrong($"{start}-{end}", "ranges from the smaller number to the larger one"));

    private static List<int> Parse(string text, Func<string, int> read, Func<int, int, IEnumerable<int>> expand)
    {
        var numbers = new List<int>();
        foreach (var part in text.Split(','))
        {
            var ends = part.Trim().Split('-');
            numbers.AddRange(ends.Length switch
            {
                1 => [read(ends[0])],
                2 => expand(read(ends[0]), read(ends[1])),
                _ => throw Wrong(part, "single values or ranges of two"),
            });
        }

        return [.. numbers.Distinct()];
    }

    private static int DayOfWeek(string text)
    {
        var start = text.Length < 3 ? text : text[..3];
        var day = Array.IndexOf(DayNames, start.ToLowerInvariant());
        var isDay = day >= 0 && ((DayOfWeek)day).ToString().StartsWith(text, StringComparison.OrdinalIgnoreCase);
        return isDay ? day : throw Wrong(text, "days like mon-fri,sun");
    }

    private static CommandException Wrong(string text, string expected) => CommandException.Usage(
        $"'{text}' does not fit: expected are {expected}.", "Separate several by commas, without spaces.");
}
