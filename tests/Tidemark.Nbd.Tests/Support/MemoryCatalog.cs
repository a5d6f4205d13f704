using System.Collections.Concurrent;

namespace Tidemark.Nbd.Tests.Support;

/// <summary>Exports in memory by name; the empty name means the only one.</summary>
internal sealed class MemoryCatalog : ExportCatalog
{
    public ConcurrentDictionary<string, MemoryDisk> Disks { get; } = new(StringComparer.Ordinal);

    /// <summary>Refuses instead of opening.</summary>
    public NbdOpenRefusal? Refusal { get; set; }

    /// <summary>Throws instead of opening.</summary>
    public Exception? Fault { get; set; }

    public override Export? Open(string name, ClientIdentity client, out NbdOpenRefusal? refusal)
    {
        if (Fault != null)
            throw Fault;
        refusal = Refusal;
        if (refusal != null)
            return null;
        if (name.Length == 0 && Disks.Count == 1)
            name = Disks.Keys.Single();
        if (Disks.TryGetValue(name, out var disk))
            return new MemoryExport(name, disk);
        refusal = new NbdOpenRefusal(NbdRefusalKind.Unknown, $"No export is named '{name}'.");
        return null;
    }

    public override IReadOnlyList<ExportListing> List(ClientIdentity client, int countMax) =>
        [.. Disks.Order(Comparer<KeyValuePair<string, MemoryDisk>>.Create(
            (a, b) => string.CompareOrdinal(a.Key, b.Key)))
            .Select(each => new ExportListing(each.Key, each.Value.Description))];
}
