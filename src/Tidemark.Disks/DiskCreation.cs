using System.Globalization;
using Tidemark.Catalog;
using Tidemark.Disks.Accounts;
using Tidemark.Disks.Snapshots;
using Tidemark.Engine;

namespace Tidemark.Disks;

/// <summary>Makes the disks of one request, all or none, once for each client token.</summary>
internal sealed class DiskCreation(DomainParts parts, DiskRemoval removal)
{
    private const string Action = "CreateDisks";

    private readonly DiskLocks _tokenLocks = new();

    /// <summary>Makes them.</summary>
    public IReadOnlyList<string> Run(CreateDisksRequest request, Caller caller)
    {
        if (string.IsNullOrEmpty(request.ClientToken))
            return Create(Plan(request, caller), null, caller);
        // Two requests with one token wait for each other; the second finds what the first made.
        var home = parts.Options.HomeOf(caller);
        var name = $"{home.AccountId}/{home.Region}/{request.ClientToken}";
        return _tokenLocks.Run([name], () => CreateOnce(request, request.ClientToken, name, caller));
    }

    private IReadOnlyList<string> CreateOnce(CreateDisksRequest request, string given, string name, Caller caller)
    {
        var hash = ClientTokens.HashOf(request);
        var known = parts.Catalog.Read(reader =>
            ClientTokens.Find(reader, name) ?? (MayBeOld(given, caller) ? ClientTokens.Find(reader, given) : null));
        if (known is not null && known.ContentHash != hash)
        {
            throw new DomainException(ErrorCode.InvalidClientToken,
                $"ClientToken \"{request.ClientToken}\" was used before with other parameters; repeat those, or use " +
                "a new token.");
        }

        if (known is { IsComplete: true })
            return known.DiskIds;
        var plan = Plan(request, caller);
        var token = known ?? new ClientToken(name, hash, DrawIds(plan.Count), false);
        if (known is null)
            parts.Commit(transaction => ClientTokens.Put(transaction, token, parts.Now));
        return Create(plan, token, caller);
    }

    // Tokens from before there were accounts are kept as they were given. What looks like one of an account is none.
    private bool MayBeOld(string token, Caller caller) =>
        parts.Options.HomeOf(caller) == new Scope(Scope.FirstAccountId, parts.Options.Region)
        && !(token.IndexOf('/', StringComparison.Ordinal) == Scope.FirstAccountId.Length
            && token.Take(Scope.FirstAccountId.Length).All(char.IsAsciiDigit));

    private DiskPlan Plan(CreateDisksRequest request, Caller caller) => DiskPlan.From(
        request,
        parts.Options,
        parts.Options.HomeOf(caller),
        id => parts.Catalog.Read(reader => SnapshotTable.FindUsable(reader, id, caller.Scope)));

    private IReadOnlyList<string> Create(DiskPlan plan, ClientToken? token, Caller caller)
    {
        var diskIds = token?.DiskIds ?? DrawIds(plan.Count);
        parts.Catalog.Read(reader =>
        {
            parts.Quotas.CheckDisks(reader, plan.Home, diskIds.Count(id => DiskTable.Find(reader, id) is null));
            CheckTags(reader, plan);
            return true;
        });
        var made = new List<string>();
        try
        {
            for (var index = 0; index < diskIds.Count; index++)
            {
                var isLast = index == diskIds.Count - 1;
                if (CreateOne(plan, diskIds, index, isLast ? token : null, caller))
                    made.Add(diskIds[index]);
            }
        }
        catch (Exception problem) when (problem is DomainException or EngineException)
        {
            Undo(made, token);
            throw;
        }

        return diskIds;
    }

    // False when an interrupted earlier request with the same token made it.
    private bool CreateOne(DiskPlan plan, IReadOnlyList<string> diskIds, int index, ClientToken? token, Caller caller)
    {
        var diskId = diskIds[index];
        var isLast = index == diskIds.Count - 1;
        if (parts.Catalog.Read(reader => DiskTable.FindDeleted(reader, diskId, null)) is not null)
        {
            throw new DomainException(ErrorCode.InvalidClientToken,
                $"Disk {diskId}, which an earlier request with this ClientToken made, was terminated and is kept for " +
                "a while; bring it back with RestoreDisks and try again, or use a new token.");
        }

        if (parts.Catalog.Read(reader => DiskTable.Find(reader, diskId)) is not null)
        {
            if (isLast)
                parts.Commit(transaction => Finish(transaction, diskIds, token, caller));
            return false;
        }

        parts.Engine.CreateDisk(diskId, DiskSize.Bytes(plan.SizeGiB), plan.Snapshot?.LayerId, transaction =>
        {
            var rows = SqlTransaction.Of(transaction);
            if (plan.Snapshot is { SnapshotId: var id }
                && SnapshotTable.FindUsable(rows.Rows, id, caller.Scope) is null)
                throw SnapshotTable.NotFound(id);
            parts.Quotas.CheckDisks(rows.Rows, plan.Home, 1);
            DiskTable.Put(rows, NewDisk(plan, diskId, index));
            TagTable.Put(rows, diskId, plan.Tags);
            if (isLast)
                Finish(rows, diskIds, token, caller);
        });
        return true;
    }

    private void Finish(SqlTransaction rows, IReadOnlyList<string> diskIds, ClientToken? token, Caller caller)
    {
        if (token is not null)
            ClientTokens.Put(rows, token with { IsComplete = true }, parts.Now);
        parts.Events.Add(rows, caller, Action, string.Join(',', diskIds));
    }

    private Disk NewDisk(DiskPlan plan, string diskId, int index) => new()
    {
        DiskId = diskId,
        DiskName = plan.NameOf(index),
        DiskType = plan.DiskType,
        DiskSizeGiB = plan.SizeGiB,
        DiskUsage = DiskUsage.Data,
        DiskState = DiskState.Unattached,
        DiskChargeType = plan.ChargeType,
        AccountId = plan.Home.AccountId,
        Region = plan.Home.Region,
        Zone = plan.Zone,
        ProjectId = plan.ProjectId,
        DeleteSnapshot = plan.DeleteSnapshot,
        ThroughputPerformance = plan.ThroughputPerformance,
        BurstPerformance = plan.BurstPerformance,
        BackupQuota = plan.BackupQuota,
        RenewFlag = plan.RenewFlag,
        SourceSnapshotId = plan.Snapshot?.SnapshotId,
        CreateTime = parts.Now,
        DeadlineTime = plan.PrepaidMonths > 0 ? parts.Now.AddMonths(plan.PrepaidMonths) : null,
    };

    private void CheckTags(CatalogReader reader, DiskPlan plan)
    {
        var most = parts.Quotas.TagsOf(reader, plan.Home);
        if (plan.Tags.Count > most)
        {
            throw new DomainException(ErrorCode.TagQuota, string.Create(CultureInfo.InvariantCulture,
                $"{plan.Tags.Count} labels were given; a resource may have {most}."));
        }
    }

    private string[] DrawIds(int count)
    {
        var drawn = new HashSet<string>(StringComparer.Ordinal);
        return parts.Catalog.Read(reader => Enumerable.Range(0, count).Select(_ => parts.Identifiers.Draw(
            Identifiers.DiskPrefix, id => !drawn.Add(id) || DiskTable.IsTaken(reader, id))).ToArray());
    }

    // What an earlier, interrupted request made may be in use by now: it stays, and so does the token that finds it.
    private void Undo(IReadOnlyList<string> made, ClientToken? token)
    {
        var existing = parts.Catalog.Read(
            reader => made.Where(id => DiskTable.Find(reader, id) is not null).ToList());
        parts.Commit(transaction =>
        {
            foreach (var diskId in existing)
                removal.Decide(transaction, diskId);
            if (token is not null
                && !token.DiskIds.Except(made).Any(id => DiskTable.Find(transaction.Rows, id) is not null))
                ClientTokens.Delete(transaction, token.Token);
        });
        removal.CarryOut(existing);
    }
}
