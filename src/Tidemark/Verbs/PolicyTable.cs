using System.Globalization;
using System.Text.Json;
using Tidemark.Client;
using Tidemark.Output;

namespace Tidemark.Verbs;

/// <summary>Policies, and their runs to come, as tables.</summary>
internal static class PolicyTable
{
    private static readonly string[] Headings = ["POLICY", "NAME", "STATE", "DISKS", "NEXT RUN", "WHAT IT DOES"];
    private static readonly string[] RunHeadings = ["RUN (UTC+8)", "UTC"];
    private static readonly TimeSpan Zone = TimeSpan.FromHours(8);

    /// <summary>Prints one row a policy.</summary>
    public static void Print(Printer printer, IEnumerable<PolicyView> policies) => printer.Table(
        Headings,
        policies.Select(policy => new[]
        {
            policy.Id,
            policy.Name,
            policy.State,
            policy.Members.DiskIdSet.Count.ToString(CultureInfo.InvariantCulture),
            Time(policy.Members.NextTriggerTime),
            policy.Members.Description,
        }));

    /// <summary>Prints what a policy would do: as JSON with all members, or its description and runs.</summary>
    public static void PrintOutlook(Printer printer, JsonElement whole)
    {
        if (printer.IsJson)
        {
            printer.Json(whole, OutputJson.Pretty.JsonElement);
            return;
        }

        var outlook = whole.Deserialize(ClientJson.Default.PolicyOutlook)
            ?? throw new JsonException("The forecast is null.");
        printer.Out.WriteLine(outlook.Description);
        printer.Table(
            RunHeadings, outlook.NextTriggerTimeSet.Select(run => new[] { Text(run.ToOffset(Zone)), Text(run) + "Z" }));
    }

    /// <summary>A time of the API in UTC; a dash when there is none.</summary>
    public static string Time(string text) => text.Length > 0 ? ApiTime.Utc(text) : "-";

    private static string Text(DateTimeOffset time) =>
        time.ToString("ddd yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
