using Tidemark.Disks.Groups;

namespace Tidemark.Disks.Tests;

/// <summary>
/// One random history: three disks, of which the first block counts. The model knows what each disk, snapshot and
/// backup point must hold, and which snapshots belong together.
/// </summary>
internal sealed class BranchHistory
{
    private const int BackupQuota = 3;

    private readonly TestServer _server;
    private readonly Random _random;
    private readonly Dictionary<string, byte> _disks = [];
    private readonly Dictionary<string, (string DiskId, byte Value, string GroupId)> _snapshots = [];
    private readonly Dictionary<string, (string DiskId, byte Value)> _backups = [];
    private byte _value;

    public BranchHistory(TestServer server, int seed)
    {
        _server = server;
        _random = new Random(seed);
        for (var count = 0; count < 3; count++)
            AddDisk();
    }

    /// <summary>Does something.</summary>
    public void Step()
    {
        switch (_random.Next(12))
        {
            case <= 2:
                Write();
                break;
            case 3:
                CutGroup();
                break;
            case 4:
                ApplyGroup();
                break;
            case 5:
                DeleteGroup();
                break;
            case 6:
                DeleteSnapshot();
                break;
            case 7:
                TakeBackup();
                break;
            case 8:
                ApplyBackup();
                break;
            case 9:
                TurnBackup();
                break;
            case 10:
                DeleteBackup();
                break;
            default:
                ChangeServer();
                break;
        }
    }

    /// <summary>Expects that everything is as the model has it.</summary>
    public void Compare()
    {
        foreach (var (diskId, value) in _disks)
        {
            Assert.Equal(value, _server.Read(diskId, 0));
            Assert.Equal(
                _backups.Values.Count(backup => backup.DiskId == diskId), _server.Disks.Find(diskId)!.BackupCount);
        }

        foreach (var (id, expected) in _snapshots)
        {
            var snapshot = _server.Snapshots.Find(id)!;
            Assert.Equal((expected.DiskId, expected.GroupId), (snapshot.DiskId, snapshot.GroupId));
            Assert.Equal(expected.Value, _server.ReadLayer(snapshot.LayerId));
        }

        foreach (var (id, expected) in _backups)
            Assert.Equal(expected.Value, _server.ReadLayer(_server.Domain.Backups.Find(id)!.LayerId));
        var groups = _server.Domain.Groups.List(new() { Limit = 100 }).Items;
        Assert.Equal(Groups().Order(), groups.Select(group => group.GroupId).Order());
        foreach (var group in groups)
            Assert.Equal(Members(group.GroupId).Order(), group.SnapshotIds.Order());
        Assert.Equal(_snapshots.Count, _server.SnapshotQuota.Used);
        Agreement.Check(_server);
    }

    private void Write()
    {
        var diskId = Pick(_disks.Keys);
        _disks[diskId] = ++_value;
        _server.Write(diskId, 0, _value);
    }

    private void CutGroup()
    {
        string[] disks = [.. _disks.Keys.Where(_ => _random.Next(2) == 0)];
        if (disks.Length == 0)
            return;
        var groupId = _server.NewGroup(disks);
        foreach (var (id, diskId) in _server.Domain.Groups.Find(groupId)!.SnapshotIds.Zip(disks))
            _snapshots[id] = (diskId, _disks[diskId], groupId);
    }

    private void ApplyGroup()
    {
        if (!TryPick(Groups(), out var groupId))
            return;
        var members = Members(groupId).Where(id => _disks.ContainsKey(_snapshots[id].DiskId)).ToList();
        var chosen = members.Where((_, index) => index == 0 || _random.Next(2) == 0).ToList();
        if (chosen.Count == 0)
            return;
        var kept = _server.Domain.Groups.Apply(
            groupId, [.. chosen.Select(id => new MemberRollback(id, _snapshots[id].DiskId))], new(), TestServer.Caller);
        foreach (var (id, safetyId) in chosen.Zip(kept))
        {
            var (diskId, value, _) = _snapshots[id];
            PutBack(diskId, value, safetyId);
        }
    }

    private void DeleteGroup()
    {
        if (!TryPick(Groups(), out var groupId))
            return;
        _server.Domain.Groups.Delete([groupId], TestServer.Caller);
        foreach (var id in Members(groupId))
            _snapshots.Remove(id);
    }

    private void DeleteSnapshot()
    {
        if (!TryPick(_snapshots.Keys, out var snapshotId))
            return;
        _server.Snapshots.Delete([snapshotId], TestServer.Caller);
        _snapshots.Remove(snapshotId);
    }

    private void TakeBackup()
    {
        var diskId = Pick(_disks.Keys);
        if (_backups.Values.Count(backup => backup.DiskId == diskId) == BackupQuota)
            Refusal.Of(ErrorCode.OverQuota, () => _server.NewBackup(diskId));
        else
            _backups[_server.NewBackup(diskId)] = (diskId, _disks[diskId]);
    }

    private void ApplyBackup()
    {
        if (!TryPick(_backups.Keys, out var backupId))
            return;
        var (diskId, value) = _backups[backupId];
        PutBack(diskId, value, _server.Domain.Backups.Apply(backupId, diskId, new(), TestServer.Caller)!);
    }

    // What a rollback replaces is kept as a snapshot of its own.
    private void PutBack(string diskId, byte value, string safetyId)
    {
        _snapshots[safetyId] = (diskId, _disks[diskId], string.Empty);
        _disks[diskId] = value;
    }

    private void TurnBackup()
    {
        if (!TryPick(_backups.Keys, out var backupId))
            return;
        var (diskId, value) = _backups[backupId];
        _snapshots[_server.Domain.Backups.Convert(backupId, new(), TestServer.Caller)] = (diskId, value, string.Empty);
        _backups.Remove(backupId);
    }

    private void DeleteBackup()
    {
        if (!TryPick(_backups.Keys, out var backupId))
            return;
        _server.Domain.Backups.Delete([backupId], TestServer.Caller);
        _backups.Remove(backupId);
    }

    private void ChangeServer()
    {
        switch (_random.Next(4))
        {
            case 0:
                _server.Restart();
                break;
            case 1:
                _server.Drain();
                break;
            case 2:
                EmptyQuota(Pick(_disks.Keys));
                break;
            default:
                ReplaceDisk(Pick(_disks.Keys));
                break;
        }
    }

    private void EmptyQuota(string diskId)
    {
        _server.Domain.Backups.SetQuota(diskId, 0, TestServer.Caller);
        _server.Domain.Backups.SetQuota(diskId, BackupQuota, TestServer.Caller);
        ForgetBackups(diskId);
    }

    private void ReplaceDisk(string diskId)
    {
        _server.Disks.Terminate([diskId], false, false, TestServer.Caller);
        _disks.Remove(diskId);
        ForgetBackups(diskId);
        AddDisk();
    }

    private void AddDisk() => _disks[_server.NewDiskWithBackups(BackupQuota)] = 0;

    private void ForgetBackups(string diskId)
    {
        foreach (var (id, _) in _backups.Where(backup => backup.Value.DiskId == diskId).ToList())
            _backups.Remove(id);
    }

    private List<string> Groups() =>
        [.. _snapshots.Values.Select(snapshot => snapshot.GroupId).Where(id => id.Length > 0).Distinct()];

    private List<string> Members(string groupId) =>
        [.. _snapshots.Where(snapshot => snapshot.Value.GroupId == groupId).Select(snapshot => snapshot.Key)];

    private string Pick(IEnumerable<string> ids) =>
        TryPick(ids, out var id) ? id : throw new InvalidOperationException("There is nothing to pick from.");

    private bool TryPick(IEnumerable<string> ids, out string picked)
    {
        // In order, so that a seed always means the same.
        var list = ids.Order(StringComparer.Ordinal).ToList();
        picked = list.Count > 0 ? list[_random.Next(list.Count)] : string.Empty;
        return list.Count > 0;
    }
}
