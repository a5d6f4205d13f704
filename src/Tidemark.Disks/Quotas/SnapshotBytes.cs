namespace Tidemark.Disks.Quotas;

/// <summary>How many bytes all snapshots together may hold.</summary>
internal static class SnapshotBytes
{
    /// <summary>Refuses another snapshot when those that exist hold as much as they may.</summary>
    public static void Check(DomainParts parts)
    {
        if (parts.Options.SnapshotBytesMax == long.MaxValue)
            return;
        var layerIds = parts.Catalog.Read(reader => reader.Query<long>("SELECT layer_id FROM snapshots"));
        if (layerIds.Count > 0)
            parts.Quota.CheckBytes(parts.Engine.FreedIfDropped(layerIds, []));
    }
}
