using System.Text.Json;
using Tidemark.Client;

namespace Tidemark.Verbs;

/// <summary>tidemark disk show DISK</summary>
internal sealed class DiskShow : ShowVerb<DiskView>
{
    /// <summary>The verb.</summary>
    public DiskShow()
        : base("Show one disk.", Inputs.Disk())
    {
    }

    /// <inheritdoc/>
    protected override Task<DiskView> FindAsync(VerbCall call, string text) =>
        call.Client.Names.DiskAsync(text, call.Cancellation);

    /// <inheritdoc/>
    protected override Task<JsonElement> WholeAsync(VerbCall call, DiskView view) => Task.FromResult(view.Whole);

    /// <inheritdoc/>
    protected override async Task<IReadOnlyList<(string Name, string Value)>> PropertiesAsync(
        VerbCall call, DiskView view)
    {
        var server = await call.Client.Server.DescribeAsync(call.Cancellation);
        return
        [
            ("disk", view.Id),
            ("name", view.Name),
            ("size", $"{view.Members.DiskSize} GiB"),
            ("state", view.Members.DiskState),
            ("instance", view.Members.InstanceId.Length == 0 ? "none" : view.Members.InstanceId),
            ("snapshots", $"{view.Members.SnapshotCount}"),
            ("created", ApiTime.Utc(view.Members.CreateTime)),
            .. server.NbdAddresses.Select(address => ("nbd", NbdAddress.ToUri(address, view.Id).ToString())),
        ];
    }
}
