using System.Text.Json;
using System.Text.Json.Nodes;
using Tidemark.Client;
using Tidemark.Output;

namespace Tidemark.Verbs;

/// <summary>tidemark snap show SNAPSHOT</summary>
internal sealed class SnapShow : ShowVerb<SnapshotView>
{
    /// <summary>The verb.</summary>
    public SnapShow()
        : base("Show one snapshot and what it holds.", Inputs.Snapshot())
    {
    }

    /// <inheritdoc/>
    protected override Task<SnapshotView> FindAsync(VerbCall call, string text) =>
        call.Client.Names.SnapshotAsync(text, call.Cancellation);

    /// <summary>The snapshot's members, and its sizes as <c>Sizes</c>.</summary>
    protected override async Task<JsonElement> WholeAsync(VerbCall call, SnapshotView view)
    {
        var sizes = await call.Client.Snapshots.SizesAsync(view.Id, call.Cancellation);
        var whole = JsonObject.Create(view.Whole) ?? [];
        whole["Sizes"] = JsonObject.Create(sizes);
        return JsonSerializer.SerializeToElement(whole, ClientJson.Default.JsonObject);
    }

    /// <inheritdoc/>
    protected override async Task<IReadOnlyList<(string Name, string Value)>> PropertiesAsync(
        VerbCall call, SnapshotView view)
    {
        var sizes = await call.Client.Snapshots.SizesAsync(view.Id, call.Cancellation);
        var isExact = sizes.TryGetProperty("IsExact", out var exact) && exact.ValueKind == JsonValueKind.True;
        return
        [
            ("snapshot", view.Id),
            ("name", view.Name),
            ("disk", view.Members.DiskId),
            ("size", $"{view.Members.DiskSize} GiB"),
            ("state", $"{view.Members.SnapshotState} {view.Members.Percent} %"),
            ("created", ApiTime.Utc(view.Members.CreateTime)),
            ("referenced", Text(sizes, "ReferencedBytes", isExact)),
            ("unique", Text(sizes, "UniqueBytes", isExact)),
            ("shared", Text(sizes, "SharedBytes", isExact)),
            ("changed", Text(sizes, "ChangedBytes", isExact)),
        ];
    }

    private static string Text(JsonElement sizes, string name, bool isExact)
    {
        if (!sizes.TryGetProperty(name, out var value) || !value.TryGetInt64(out var bytes))
            return "unknown";
        return isExact ? ByteSize.Format(bytes) : $"at most {ByteSize.Format(bytes)} (computing)";
    }
}
