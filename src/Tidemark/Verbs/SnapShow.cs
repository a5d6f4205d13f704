using System.CommandLine;
using System.Text.Json;
using Tidemark.Client;
using Tidemark.Output;

namespace Tidemark.Verbs;

/// <summary>tidemark snap show SNAPSHOT</summary>
internal sealed class SnapShow : Verb
{
    private readonly Argument<string> _snapshot = Inputs.Snapshot();

    /// <summary>The verb.</summary>
    public SnapShow()
        : base("show", "Show one snapshot and what it holds.") => Arguments.Add(_snapshot);

    /// <inheritdoc/>
    protected override async Task RunAsync(VerbCall call)
    {
        var snapshot = await call.Client.Names.SnapshotAsync(call.Parse.GetRequiredValue(_snapshot), call.Cancellation);
        if (call.Printer.IsJson)
        {
            call.Printer.Json(snapshot.Whole, OutputJson.Pretty.JsonElement);
            return;
        }

        var sizes = await call.Client.Snapshots.SizesAsync(snapshot.Id, call.Cancellation);
        var isExact = sizes.TryGetProperty("IsExact", out var exact) && exact.ValueKind == JsonValueKind.True;
        call.Printer.Properties(
        [
            ("snapshot", snapshot.Id),
            ("name", snapshot.Name),
            ("disk", snapshot.Members.DiskId),
            ("size", $"{snapshot.Members.DiskSize} GiB"),
            ("state", $"{snapshot.Members.SnapshotState} {snapshot.Members.Percent} %"),
            ("created", ApiTime.Utc(snapshot.Members.CreateTime)),
            ("referenced", Text(sizes, "ReferencedBytes", isExact)),
            ("unique", Text(sizes, "UniqueBytes", isExact)),
            ("shared", Text(sizes, "SharedBytes", isExact)),
            ("changed", Text(sizes, "ChangedBytes", isExact)),
        ]);
    }

    private static string Text(JsonElement sizes, string name, bool isExact)
    {
        if (!sizes.TryGetProperty(name, out var value) || !value.TryGetInt64(out var bytes))
            return "unknown";
        return isExact ? ByteSize.Format(bytes) : $"at most {ByteSize.Format(bytes)} (computing)";
    }
}
