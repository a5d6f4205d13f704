using Tidemark.Catalog;
using Tidemark.Catalog.Schema;
using Tidemark.Disks.Accounts;
using Tidemark.Disks.Queries;

namespace Tidemark.Disks.Instances;

/// <summary>Instances in the catalog.</summary>
internal static class InstanceTable
{
    private static readonly ListKind Kind = new("instance_id", Identifiers.InstancePrefix, "InstanceIds");

    private static readonly FilterRules Filters = new(
        "instance_id",
        new Dictionary<string, string>
        {
            ["instance-id"] = "instance_id",
            ["instance-name"] = "name",
            ["instance-state"] = "state",
            ["private-ip-address"] = "address",
            ["zone"] = "zone",
        },
        new Dictionary<string, string>(),
        new Dictionary<string, string?> { ["project-id"] = "0" });

    /// <summary>Writes an instance's row.</summary>
    public static void Put(SqlTransaction transaction, Instance instance) => transaction.Put(
        CatalogTables.Instances,
        instance.InstanceId, instance.AccountId, instance.Region, instance.Zone, instance.InstanceName,
        instance.InstanceState, instance.Address, Timestamps.ToColumn(instance.CreateTime));

    /// <summary>Removes an instance's row and its labels.</summary>
    public static void Delete(SqlTransaction transaction, string instanceId)
    {
        transaction.Delete(CatalogTables.Instances, instanceId);
        TagTable.Delete(transaction, instanceId);
    }

    /// <summary>One instance without its disks, or null; with a scope, only when it is of that scope.</summary>
    public static Instance? Find(CatalogReader reader, string instanceId, Scope? scope)
    {
        var row = reader.First<Row>("SELECT * FROM instances WHERE instance_id = @instanceId", new { instanceId });
        return row is null || !row.IsIn(scope) ? null : row.ToInstance();
    }

    /// <summary>One instance that must be there, without its disks.</summary>
    public static Instance Get(CatalogReader reader, string instanceId, Scope? scope) =>
        Find(reader, instanceId, scope) ?? throw NotFound(instanceId);

    /// <summary>Whether an id was given to an instance of anybody.</summary>
    public static bool IsTaken(CatalogReader reader, string instanceId) => reader.Number(
        "SELECT count(*) FROM instances WHERE instance_id = @instanceId", new { instanceId }) > 0;

    /// <summary>A page of instances, with their disks.</summary>
    public static Page<Instance> List(CatalogReader reader, ListQuery query, Scope? scope)
    {
        var plan = new ListPlan(query, "instances", Kind, Filters, hasDeadlineOrder: false);
        plan.RequireScope(scope);
        var rows = plan.Rows<Row>(reader);
        var disks = DiskTable.AttachedTo(reader, [.. rows.Select(row => row.InstanceId)])
            .ToLookup(disk => disk.InstanceId, StringComparer.Ordinal);
        return new Page<Instance>(
            plan.Count(reader),
            [.. rows.Select(row => row.ToInstance() with { Disks = [.. disks[row.InstanceId]] })]);
    }

    /// <summary>The refusal of an unknown id.</summary>
    public static DomainException NotFound(string instanceId) => new(
        ErrorCode.InstanceNotFound,
        $"There is no instance {instanceId}. Register it with RegisterInstance, or look for a typing error.");

    private sealed class Row
    {
        public string InstanceId { get; init; } = string.Empty;

        public string AccountId { get; init; } = string.Empty;

        public string Region { get; init; } = string.Empty;

        public string Zone { get; init; } = string.Empty;

        public string Name { get; init; } = string.Empty;

        public string State { get; init; } = string.Empty;

        public string Address { get; init; } = string.Empty;

        public long CreatedMs { get; init; }

        public bool IsIn(Scope? scope) => scope is null || (scope.AccountId == AccountId && scope.Region == Region);

        public Instance ToInstance() => new()
        {
            InstanceId = InstanceId,
            AccountId = AccountId,
            Region = Region,
            Zone = Zone,
            InstanceName = Name,
            InstanceState = State,
            Address = Address,
            CreateTime = Timestamps.FromColumn(CreatedMs),
        };
    }
}
