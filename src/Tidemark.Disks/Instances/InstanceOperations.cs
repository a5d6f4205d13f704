using System.Net;
using Tidemark.Catalog;
using Tidemark.Disks.Accounts;
using Tidemark.Disks.Queries;

namespace Tidemark.Disks.Instances;

/// <summary>
/// The hosts that disks are attached to: register, list, stop, start, deregister. Nothing happens to the hosts
/// themselves. Every change leaves an audit event.
/// </summary>
public sealed class InstanceOperations
{
    private const int IdsMax = 100;
    private const int DeregistrationTriesMax = 8;

    private readonly DomainParts _parts;
    private readonly DiskTermination _termination;

    internal InstanceOperations(DomainParts parts, DiskTermination termination)
    {
        _parts = parts;
        _termination = termination;
    }

    /// <summary>Registers a host, or changes name, address and zone of one that is registered.</summary>
    /// <returns>Its id.</returns>
    public string Register(RegisterInstanceRequest request, Caller caller) => _parts.Audited.Run(
        caller, "RegisterInstance", request.InstanceId ?? string.Empty, () =>
        {
            var home = _parts.Options.HomeOf(caller);
            var zones = _parts.Options.ZonesOf(home.Region);
            if (request.Zone is not null)
                RequestRules.Choice(request.Zone, "Zone", zones, zones[0]);
            CheckAddress(request.Address);
            var instanceId = string.IsNullOrEmpty(request.InstanceId)
                ? _parts.Catalog.Read(reader => _parts.Identifiers.Draw(
                    Identifiers.InstancePrefix, id => InstanceTable.IsTaken(reader, id)))
                : InstanceIds.One(request.InstanceId, "InstanceId");
            return _parts.Locks.Run([instanceId], () =>
            {
                _parts.Commit(rows =>
                {
                    InstanceTable.Put(rows, Planned(rows.Rows, instanceId, request, home));
                    _parts.Events.Add(rows, caller, "RegisterInstance", instanceId);
                });
                return instanceId;
            });
        });

    /// <summary>
    /// Lists instances with their disks. Filters: instance-id, instance-name, instance-state, private-ip-address,
    /// zone, project-id. Ids of both kinds are filters here, not ids of the query.
    /// </summary>
    public Page<Instance> List(ListQuery query, Scope? scope = null)
    {
        if (query is { Ids.Count: > 0, Filters.Count: > 0 })
            throw new DomainException(ErrorCode.InvalidParameter, "InstanceIds and Filters exclude each other.");
        if (query.Ids is { Count: > 0 })
        {
            var ids = InstanceIds.Several(query.Ids, "InstanceIds", IdsMax);
            query = query with { Ids = null, Filters = [new Filter("instance-id", ids)] };
        }

        return _parts.Catalog.Read(reader => InstanceTable.List(reader, query, scope));
    }

    /// <summary>One instance without its disks, or null.</summary>
    public Instance? Find(string instanceId, Scope? scope = null) =>
        _parts.Catalog.Read(reader => InstanceTable.Find(reader, instanceId, scope));

    /// <summary>
    /// How many disks instances have: a row for every known one, and for every one that its first use would register.
    /// </summary>
    /// <param name="instanceIds">1 to 100 instances.</param>
    /// <param name="scope">Whose.</param>
    public IReadOnlyList<InstanceDiskCount> CountDisks(IReadOnlyList<string>? instanceIds, Scope? scope)
    {
        var ids = InstanceIds.Several(instanceIds, "InstanceIds", IdsMax);
        return _parts.Catalog.Read(reader => ids.Where(id => IsUsable(reader, id, scope)).Select(id =>
            new InstanceDiskCount(
                id, DiskTable.AttachedCount(reader, id), DiskAttachment.DisksOfInstanceMax)).ToList());
    }

    /// <summary>Notes that instances were stopped: their disks may be rolled back.</summary>
    public void Stop(IReadOnlyList<string>? instanceIds, Caller caller) =>
        SetState("StopInstances", instanceIds, InstanceState.Stopped, caller);

    /// <summary>Notes that instances run.</summary>
    public void Start(IReadOnlyList<string>? instanceIds, Caller caller) =>
        SetState("StartInstances", instanceIds, InstanceState.Running, caller);

    /// <summary>
    /// Forgets an instance: postpaid disks that go with it are terminated, all others are detached, in one
    /// transaction.
    /// </summary>
    /// <param name="instanceId">The instance.</param>
    /// <param name="disconnectClients">
    /// Whether NBD clients of disks that go are disconnected; otherwise they are a reason to refuse.
    /// </param>
    /// <param name="caller">On whose behalf.</param>
    public void Deregister(string? instanceId, bool disconnectClients, Caller caller) => _parts.Audited.Run(
        caller, "DeregisterInstance", instanceId ?? string.Empty, () =>
        {
            var id = InstanceIds.One(instanceId, "InstanceId");
            for (var count = 0; count < DeregistrationTriesMax; count++)
            {
                if (TryDeregister(id, disconnectClients, caller))
                    return true;
            }

            throw new DomainException(
                ErrorCode.Busy, $"Disks are attached to instance {id} all the time; try again when that is over.");
        });

    // False when a disk was attached before the locks were taken.
    private bool TryDeregister(string instanceId, bool disconnectClients, Caller caller)
    {
        var locked = _parts.Catalog.Read(reader => DiskTable.AttachedTo(reader, instanceId))
            .Select(disk => disk.DiskId).ToHashSet(StringComparer.Ordinal);
        return _parts.Locks.Run([.. locked, instanceId], () =>
        {
            var disks = _parts.Catalog.Read(reader =>
            {
                InstanceTable.Get(reader, instanceId, caller.Scope);
                return DiskTable.AttachedTo(reader, instanceId);
            });
            if (disks.Any(disk => !locked.Contains(disk.DiskId)))
                return false;
            Deregister(instanceId, disks, disconnectClients, caller);
            return true;
        });
    }

    private void Deregister(string instanceId, IReadOnlyList<Disk> disks, bool disconnectClients, Caller caller)
    {
        foreach (var disk in disks)
            DiskStates.Require(disk, DiskAction.Detach);
        var detached = disks.Select(DiskAttachment.Detached).ToList();
        var leavingIds = disks.Where(disk => disk.DeleteWithInstance && disk.DiskChargeType != ChargeType.Prepaid)
            .Select(disk => disk.DiskId).ToList();
        var leaving = detached.Where(disk => leavingIds.Contains(disk.DiskId)).ToList();

        void Change(SqlTransaction rows)
        {
            foreach (var disk in detached.Except(leaving))
                DiskTable.Put(rows, disk);
            InstanceTable.Delete(rows, instanceId);
            _parts.Events.Add(rows, caller, "DeregisterInstance", instanceId);
        }

        _parts.Clients.RunAlone(
            leavingIds, disconnectClients, () => _termination.Terminate(leaving, new TerminationKind(false), Change));
    }

    private void SetState(string action, IReadOnlyList<string>? instanceIds, string state, Caller caller) =>
        _parts.Audited.Run(caller, action, string.Join(',', instanceIds ?? []), () =>
        {
            var ids = InstanceIds.Several(instanceIds, "InstanceIds", IdsMax);
            return _parts.Locks.Run(ids, () =>
            {
                _parts.Commit(rows =>
                {
                    foreach (var id in ids)
                    {
                        var instance = InstanceTable.Get(rows.Rows, id, caller.Scope);
                        InstanceTable.Put(rows, instance with { InstanceState = state });
                    }

                    _parts.Events.Add(rows, caller, action, string.Join(',', ids));
                });
                return true;
            });
        });

    private bool IsUsable(CatalogReader reader, string instanceId, Scope? scope) =>
        InstanceTable.Find(reader, instanceId, scope) is not null
        || (!_parts.Options.StrictInstances && !InstanceTable.IsTaken(reader, instanceId));

    private Instance Planned(
        CatalogReader reader, string instanceId, RegisterInstanceRequest request, Scope home)
    {
        if (InstanceTable.Find(reader, instanceId, home) is { } known)
            return Changed(reader, known, request);
        if (InstanceTable.IsTaken(reader, instanceId))
        {
            throw RequestRules.BadValue(
                "InstanceId", "an id that is free, or left out so that one is drawn", instanceId);
        }

        return new Instance
        {
            InstanceId = instanceId,
            AccountId = home.AccountId,
            Region = home.Region,
            Zone = request.Zone ?? _parts.Options.ZonesOf(home.Region)[0],
            InstanceName = NameOf(request) ?? instanceId,
            InstanceState = InstanceState.Running,
            Address = request.Address ?? string.Empty,
            CreateTime = _parts.Now,
        };
    }

    private static Instance Changed(CatalogReader reader, Instance known, RegisterInstanceRequest request)
    {
        var zone = request.Zone ?? known.Zone;
        if (zone != known.Zone && DiskTable.AttachedCount(reader, known.InstanceId) > 0)
        {
            throw new DomainException(
                ErrorCode.WrongState,
                $"Instance {known.InstanceId} has disks of zone {known.Zone}; detach them before it moves to {zone}.");
        }

        return known with
        {
            Zone = zone,
            InstanceName = NameOf(request) ?? known.InstanceName,
            Address = request.Address ?? known.Address,
        };
    }

    private static string? NameOf(RegisterInstanceRequest request) =>
        string.IsNullOrEmpty(request.InstanceName) ? null : RequestRules.Name(request.InstanceName, "InstanceName");

    private static void CheckAddress(string? address)
    {
        if (!string.IsNullOrEmpty(address) && !IPAddress.TryParse(address, out _))
            throw RequestRules.BadValue("PrivateIpAddress", "an address such as 10.0.0.7", address);
    }
}
