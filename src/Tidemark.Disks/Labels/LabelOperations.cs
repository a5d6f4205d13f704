using System.Globalization;
using Tidemark.Catalog;
using Tidemark.Catalog.Schema;
using Tidemark.Disks.Accounts;
using Tidemark.Disks.Queries;

namespace Tidemark.Disks.Labels;

/// <summary>
/// Labels of disks, snapshots and everything else that can have them; the same that the resources themselves show.
/// </summary>
public sealed class LabelOperations
{
    private readonly DomainParts _parts;

    internal LabelOperations(DomainParts parts) => _parts = parts;

    /// <summary>A page of labels, in order of resource and key.</summary>
    public Page<Label> List(LabelQuery query) => _parts.Catalog.Read(reader => LabelTable.List(reader, query));

    /// <summary>A page of the different keys, in order.</summary>
    public Page<string> Keys(LabelQuery query) => _parts.Catalog.Read(reader => LabelTable.Keys(reader, query));

    /// <summary>A page of the different pairs of key and value, in order.</summary>
    public Page<Tag> Pairs(LabelQuery query) => _parts.Catalog.Read(reader => LabelTable.Pairs(reader, query));

    /// <summary>A page of the resources that have labels, in order.</summary>
    public Page<ResourceName> Resources(LabelQuery query) =>
        _parts.Catalog.Read(reader => LabelTable.Resources(reader, query));

    /// <summary>Sets and removes labels of resources, all or none. Removing what is not there is no error.</summary>
    /// <param name="resources">The resources.</param>
    /// <param name="set">Labels to add, or whose value to replace; at most 10.</param>
    /// <param name="removed">Keys to remove; at most 10, none of them to be set.</param>
    /// <param name="action">The action's name.</param>
    /// <param name="caller">On whose behalf.</param>
    /// <exception cref="DomainException">One of <see cref="LabelErrors"/>.</exception>
    public void Change(
        IReadOnlyList<ResourceName> resources,
        IReadOnlyList<Tag> set,
        IReadOnlyList<string> removed,
        string action,
        Caller caller)
    {
        var named = string.Join(',', resources.Select(resource => resource.ResourceId));
        // The event belongs where the resources are, whatever region the request came by.
        var actor = resources.Count > 0 && caller.Scope is { } scope && IsKnown(resources[0].Region)
            ? caller with { Scope = scope with { Region = resources[0].Region } }
            : caller;
        _parts.Audited.Run(actor, action, named, () =>
        {
            LabelRules.Check(set, removed);
            _parts.Commit(transaction =>
            {
                foreach (var resource in resources)
                    Change(transaction, resource, set, removed, caller);
                _parts.Events.Add(transaction, actor, action, named);
            });
            return true;
        });
    }

    private void Change(
        SqlTransaction transaction,
        ResourceName resource,
        IReadOnlyList<Tag> set,
        IReadOnlyList<string> removed,
        Caller caller)
    {
        Require(transaction.Rows, resource, caller);
        foreach (var key in removed)
            transaction.Delete(CatalogTables.Tags, resource.ResourceId, key);
        TagTable.Put(transaction, resource.ResourceId, set);
        var count = transaction.Rows.Number(
            "SELECT count(*) FROM tags WHERE resource_id = @ResourceId", new { resource.ResourceId });
        var home = new Scope(_parts.Options.HomeOf(caller).AccountId, resource.Region);
        if (set.Count > 0 && _parts.Quotas.TagsOf(transaction.Rows, home) is var most && count > most)
        {
            throw new DomainException(
                LabelErrors.TooManyOnResource,
                string.Create(CultureInfo.InvariantCulture,
                    $"{resource.ResourceId} would have {count} labels; {most} are the most."));
        }
    }

    private bool IsKnown(string region) => _parts.Options.Regions.Any(known => known.Name == region);

    private void Require(CatalogReader reader, ResourceName resource, Caller caller)
    {
        if (!IsKnown(resource.Region))
            throw new DomainException(LabelErrors.BadRegion, $"This server has no region \"{resource.Region}\".");
        var kind = LabelledKind.Find(resource.Prefix) ?? throw new DomainException(
            LabelErrors.BadPrefix,
            $"\"{resource.Prefix}\" is no kind of resource here; there are "
                + $"{string.Join(", ", LabelledKind.All.Select(known => known.Prefix))}.");
        var account = _parts.Options.HomeOf(caller).AccountId;
        var isOwn = resource.AccountId.Length == 0 || resource.AccountId == account;
        var isThere = isOwn && Identifiers.IsWellFormed(resource.ResourceId, kind.IdPrefix)
            && LabelTable.IsThere(reader, kind, resource.ResourceId, new Scope(account, resource.Region));
        if (!isThere)
        {
            throw new DomainException(
                LabelErrors.BadId, $"There is no {resource.Prefix} {resource.ResourceId} in {resource.Region}.");
        }
    }
}
