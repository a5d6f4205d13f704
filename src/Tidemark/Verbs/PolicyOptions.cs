using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Tidemark.Output;

namespace Tidemark.Verbs;

/// <summary>The options that say when a policy runs and what it keeps.</summary>
internal sealed class PolicyOptions
{
    private const int HourMax = 23;
    private const int DaysOfMonthMax = 31;

    private static readonly string[] AdvancedMembers = ["Days", "Weeks", "Months", "Years"];

    private readonly Option<string?> _hours = Text("--hours", "LIST", "full hours on UTC+8, like 0,6,12,18 or 8-18");
    private readonly Option<string?> _weekdays = Text("--weekdays", "LIST", "days, like mon-fri; every day without");
    private readonly Option<string?> _monthDays = Text("--month-days", "LIST", "days of the month, like 1,15");
    private readonly Option<int?> _everyDays = Number("--every-days", "days from one run to the next");
    private readonly Option<int?> _keepDays = Number("--keep-days", "days that each snapshot stays (7)");
    private readonly Option<int?> _keepMonths = Number("--keep-months", "months that each snapshot stays");
    private readonly Option<int?> _keep = Number("--keep", "snapshots of each disk that stay, the newest");
    private readonly Option<bool> _keepForever = new("--keep-forever") { Description = "delete no snapshot" };

    private readonly Option<int?>[] _advanced =
    [
        Number("--keep-daily", "last days, of each of which one snapshot stays"),
        Number("--keep-weekly", "last weeks, the same"),
        Number("--keep-monthly", "last months, the same"),
        Number("--keep-yearly", "last years, the same"),
    ];

    /// <summary>Adds them to a verb.</summary>
    public void AddTo(Command verb)
    {
        verb.Options.Add(_hours);
        verb.Options.Add(_weekdays);
        verb.Options.Add(_monthDays);
        verb.Options.Add(_everyDays);
        verb.Options.Add(_keepDays);
        verb.Options.Add(_keepMonths);
        verb.Options.Add(_keep);
        foreach (var option in _advanced)
            verb.Options.Add(option);
        verb.Options.Add(_keepForever);
        verb.Validators.Add(result =>
        {
            if (new Option[] { _weekdays, _monthDays, _everyDays }.Count(day => result.GetResult(day) is not null) > 1)
                result.AddError("--weekdays, --month-days and --every-days exclude one another.");
            foreach (var option in new[] { _everyDays, _keepDays, _keepMonths, _keep })
            {
                // What is no number at all is refused by the parser.
                var given = result.GetResult(option)?.Tokens is [var token] ? token.Value : "1";
                if (int.TryParse(given, CultureInfo.InvariantCulture, out var number) && number < 1)
                    result.AddError($"{option.Name} must be 1 or more.");
            }
        });
    }

    /// <summary>What they say, as members of a request; only what was given.</summary>
    public JsonObject Members(ParseResult parse)
    {
        var members = new JsonObject();
        if (Schedule(parse) is { } schedule)
            members["Policy"] = new JsonArray(schedule);
        if (parse.GetValue(_keepDays) is { } days)
            members["RetentionDays"] = days;
        if (parse.GetValue(_keepMonths) is { } months)
            members["RetentionMonths"] = months;
        if (parse.GetValue(_keep) is { } amount)
            members["RetentionAmount"] = amount;
        if (parse.GetValue(_keepForever))
            members["IsPermanent"] = true;
        if (_advanced.Any(option => parse.GetValue(option) is not null))
            members["AdvancedRetentionPolicy"] = Advanced(parse);
        return members;
    }

    private JsonObject Advanced(ParseResult parse)
    {
        var counts = new JsonObject();
        for (var index = 0; index < _advanced.Length; index++)
            counts[AdvancedMembers[index]] = parse.GetValue(_advanced[index]) ?? 0;
        return counts;
    }

    private JsonObject? Schedule(ParseResult parse)
    {
        var (weekdays, monthDays) = (parse.GetValue(_weekdays), parse.GetValue(_monthDays));
        var everyDays = parse.GetValue(_everyDays);
        if (parse.GetValue(_hours) is not { } hours)
        {
            return weekdays is null && monthDays is null && everyDays is null
                ? null
                : throw CommandException.Usage(
                    "The schedule names days but no hours.", "Add --hours, like --hours 3 or --hours 0,6,12,18.");
        }

        var entry = new JsonObject { ["Hour"] = Array(NumberRanges.Numbers(hours, 0, HourMax)) };
        if (monthDays is not null)
            entry["DayOfMonth"] = Array(NumberRanges.Numbers(monthDays, 1, DaysOfMonthMax));
        else if (everyDays is not null)
            entry["IntervalDays"] = everyDays;
        else
            entry["DayOfWeek"] = Array(NumberRanges.DaysOfWeek(weekdays ?? "sun-sat"));
        return entry;
    }

    private static JsonArray Array(IEnumerable<int> numbers)
    {
        var array = new JsonArray();
        foreach (var number in numbers)
            array.Add((JsonNode)number);
        return array;
    }

    private static Option<string?> Text(string name, string helpName, string description) =>
        new(name) { Description = description, HelpName = helpName };

    private static Option<int?> Number(string name, string description) =>
        new(name) { Description = description, HelpName = "N" };
}
