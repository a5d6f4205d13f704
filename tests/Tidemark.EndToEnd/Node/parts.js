'use strict';

// The life cycle in parts. Each part makes what it needs, checks what it sees, removes what it made, and stands alone.

const assert = require('node:assert/strict');
const { connect, waitFor, codeOf, newDisk, region, zone, Cbs, Cvm, Sts, Tag } = require('./sdk');

const cbs = connect(Cbs);

const disksOf = async (ids) => (await cbs.DescribeDisks({ DiskIds: ids })).DiskSet;
const diskOf = async (id) => (await disksOf([id]))[0];
const snapshotOf = async (id) => (await cbs.DescribeSnapshots({ SnapshotIds: [id] })).SnapshotSet[0];

async function createDisks(more = {}) {
  const { DiskIdSet } = await cbs.CreateDisks({ ...newDisk, ...more });
  await waitFor('usable', () => disksOf(DiskIdSet), (disks) =>
    disks.length === DiskIdSet.length && disks.every((disk) => disk.DiskState === 'UNATTACHED'));
  return DiskIdSet;
}

async function createSnapshot(DiskId, more = {}) {
  const { SnapshotId } = await cbs.CreateSnapshot({ DiskId, ...more });
  await waitFor('complete', () => snapshotOf(SnapshotId), (snapshot) =>
    snapshot.SnapshotState === 'NORMAL' && snapshot.Percent === 100);
  return SnapshotId;
}

async function removeDisks(DiskIds) {
  await cbs.TerminateDisks({ DiskIds });
  await waitFor('gone', () => disksOf(DiskIds), (disks) => disks.length === 0);
}

const isIdle = (disk) => disk.DiskState === 'UNATTACHED' && !disk.Rollbacking;

// Every way of signing that the SDK has, with letters that are hard to sign.
async function signing() {
  const name = '夜间 snap+1~&=\'"';
  const [disk] = await createDisks();
  for (const signMethod of ['TC3-HMAC-SHA256', 'HmacSHA256', 'HmacSHA1']) {
    for (const reqMethod of ['POST', 'GET']) {
      const client = connect(Cbs, { signMethod, httpProfile: { reqMethod } });
      const { SnapshotId } = await client.CreateSnapshot({
        DiskId: disk, SnapshotName: name, Tags: [{ Key: 'how', Value: `${signMethod} ${reqMethod}` }],
      });
      const { SnapshotSet } = await client.DescribeSnapshots({
        Filters: [{ Name: 'disk-id', Values: [disk] }, { Name: 'tag:how', Values: [`${signMethod} ${reqMethod}`] }],
      });
      assert.deepEqual(SnapshotSet.map((one) => [one.SnapshotId, one.SnapshotName]), [[SnapshotId, name]]);
      await client.DeleteSnapshots({ SnapshotIds: [SnapshotId], DeleteBindImages: false });
    }
  }

  const stranger = connect(Cbs);
  stranger.credential = { secretId: process.env.TIDEMARK_SECRET_ID, secretKey: 'wrong' };
  assert.equal(await codeOf(() => stranger.DescribeDisks({})), 'AuthFailure.SignatureFailure');
  await removeDisks([disk]);
}

async function disks() {
  const request = {
    ...newDisk, DiskCount: 2, DiskName: '数据 disk', ClientToken: 'cls-1/pvc-2', Tags: [{ Key: 'team', Value: 'db' }],
  };
  const { DiskIdSet: ids } = await cbs.CreateDisks(request);
  assert.deepEqual((await cbs.CreateDisks(request)).DiskIdSet, ids);
  assert.equal(
    await codeOf(() => cbs.CreateDisks({ ...request, DiskSize: 21 })), 'InvalidParameter.InvalidClientToken');

  const found = await cbs.DescribeDisks({
    Filters: [{ Name: 'tag:team', Values: ['db'] }, { Name: 'zone', Values: [zone] }],
    Limit: 1,
    Offset: 1,
    Order: 'ASC',
  });
  assert.deepEqual([found.TotalCount, found.DiskSet.length], [2, 1]);
  assert.deepEqual(found.DiskSet[0].Tags, [{ Key: 'team', Value: 'db' }]);
  assert.deepEqual((await cbs.DescribeDisks({ DiskIds: ids, Offset: 100 })).DiskSet, []);
  assert.deepEqual(await disksOf(['disk-00000000']), []);

  await cbs.ResizeDisk({ DiskId: ids[0], DiskSize: 30 });
  await waitFor('grown', () => diskOf(ids[0]), (disk) => disk.DiskSize === 30 && disk.DiskState === 'UNATTACHED');
  assert.equal(await codeOf(() => cbs.ResizeDisk({ DiskId: ids[0], DiskSize: 10 })), 'InvalidParameterValue');
  assert.equal(
    await codeOf(() => cbs.ResizeDisk({ DiskId: 'disk-00000000', DiskSize: 30 })), 'InvalidDiskId.NotFound');
  await removeDisks(ids);

  const [prepaid] = await createDisks({ DiskChargeType: 'PREPAID', DiskChargePrepaid: { Period: 1 } });
  await cbs.TerminateDisks({ DiskIds: [prepaid] });
  assert.equal((await diskOf(prepaid)).DiskState, 'TORECYCLE');
  await removeDisks([prepaid]);
}

async function snapshots() {
  const [disk] = await createDisks();
  const id = await createSnapshot(disk, { SnapshotName: 'first', Tags: [{ Key: 'k', Value: 'v' }] });
  const temporary = await createSnapshot(disk, { Deadline: new Date(Date.now() + 3 * 86_400_000).toISOString() });
  const shown = await snapshotOf(id);
  assert.deepEqual(
    [shown.DiskId, shown.DiskSize, shown.IsPermanent, shown.SnapshotName, shown.Tags],
    [disk, 20, true, 'first', [{ Key: 'k', Value: 'v' }]]);
  assert.equal((await snapshotOf(temporary)).IsPermanent, false);
  assert.equal((await diskOf(disk)).SnapshotCount, 2);

  const [clone] = await createDisks({ SnapshotId: id, DiskSize: 40 });
  assert.equal((await diskOf(clone)).DiskSize, 40);
  await cbs.ApplySnapshot({ SnapshotId: id, DiskId: disk });
  await waitFor('rolled back', () => diskOf(disk), isIdle);
  assert.equal(
    await codeOf(() => cbs.ApplySnapshot({ SnapshotId: id, DiskId: clone })), 'InvalidSnapshot.NotSupported');

  await cbs.DeleteSnapshots({ SnapshotIds: [id] });
  assert.equal(await codeOf(() => cbs.DeleteSnapshots({ SnapshotIds: [id] })), 'InvalidSnapshotId.NotFound');
  await cbs.TerminateDisks({ DiskIds: [disk, clone], DeleteSnapshot: 1 });
  assert.equal(await snapshotOf(temporary), undefined);
}

async function attributes() {
  const [disk] = await createDisks();
  await cbs.ModifyDiskAttributes({ DiskIds: [disk], DiskName: '新 name', ProjectId: 7 });
  const renamed = await diskOf(disk);
  assert.deepEqual([renamed.DiskName, renamed.Placement.ProjectId], ['新 name', 7]);
  await cbs.ModifyDiskAttributes({ DiskIds: [disk], DiskType: 'CLOUD_HSSD' });
  await waitFor('of the new type', () => diskOf(disk), (one) =>
    one.DiskType === 'CLOUD_HSSD' && one.MigratePercent === 100);

  const { DiskConfigSet } = await cbs.DescribeDiskConfigQuota({ InquiryType: 'INQUIRY_CBS_CONFIG', Zones: [zone] });
  assert.ok(DiskConfigSet.some((row) => row.DiskType === 'CLOUD_SSD' && row.Available && row.MaxDiskSize > 0));
  const { DiskPrice } = await cbs.InquiryPriceCreateDisks({ ...newDisk, DiskCount: 2 });
  assert.equal(DiskPrice.DiscountPrice ?? DiskPrice.UnitPriceDiscount, 0);
  await cbs.ModifyDisksChargeType({ DiskIds: [disk], DiskChargePrepaid: { Period: 1 } });
  assert.equal((await diskOf(disk)).DiskChargeType, 'PREPAID');
  await cbs.ModifyDisksRenewFlag({ DiskIds: [disk], RenewFlag: 'NOTIFY_AND_AUTO_RENEW' });
  assert.equal((await diskOf(disk)).RenewFlag, 'NOTIFY_AND_AUTO_RENEW');
  assert.equal(await codeOf(() => cbs.DescribeRemoteDisks({})), 'UnsupportedOperation');

  const id = await createSnapshot(disk);
  await cbs.ModifySnapshotAttribute({ SnapshotId: id, SnapshotName: '改名', IsPermanent: true });
  assert.equal((await snapshotOf(id)).SnapshotName, '改名');
  const overview = await cbs.DescribeSnapshotOverview({});
  assert.ok(overview.TotalNums >= 1);
  await cbs.DeleteSnapshots({ SnapshotIds: [id] });
  await cbs.TerminateDisks({ DiskIds: [disk] });
  await removeDisks([disk]);
}

async function instances() {
  const instance = 'ins-0node001';
  const ids = await createDisks({ DiskCount: 2 });
  await cbs.AttachDisks({ InstanceId: instance, DiskIds: ids });
  await waitFor('attached', () => disksOf(ids), (all) =>
    all.every((disk) => disk.DiskState === 'ATTACHED' && disk.Attached && disk.InstanceId === instance));
  const { AttachDetail } = await cbs.DescribeInstancesDiskNum({ InstanceIds: [instance] });
  assert.deepEqual(AttachDetail.map((row) => [row.InstanceId, row.AttachedDiskCount]), [[instance, 2]]);
  assert.notEqual(await codeOf(() => cbs.TerminateDisks({ DiskIds: ids })), 'no refusal');
  await cbs.ResizeDisk({ DiskId: ids[0], DiskSize: 25 });
  await waitFor('grown', () => diskOf(ids[0]), (disk) => disk.DiskSize === 25 && disk.DiskState === 'ATTACHED');

  const cvm = connect(Cvm);
  assert.ok((await cvm.DescribeZones()).ZoneSet.some((one) => one.Zone === zone));
  const { InstanceSet } = await cvm.DescribeInstances({ InstanceIds: [instance] });
  assert.deepEqual(InstanceSet.map((one) => one.InstanceId), [instance]);

  await cbs.DetachDisks({ InstanceId: instance, DiskIds: ids });
  await waitFor('detached', () => disksOf(ids), (all) => all.every((disk) => isIdle(disk) && !disk.Attached));
  await removeDisks(ids);
}

async function policies() {
  const plan = { Policy: [{ DayOfWeek: [0, 3], Hour: [2, 14] }], RetentionDays: 7 };
  const trial = await cbs.CreateAutoSnapshotPolicy({ ...plan, DryRun: true });
  assert.match(trial.NextTriggerTime, /^\d{4}-\d\d-\d\d \d\d:00:00$/);
  const named = { ...plan, AutoSnapshotPolicyName: '夜 nightly' };
  const { AutoSnapshotPolicyId: id } = await cbs.CreateAutoSnapshotPolicy(named);
  const policyOf = async () =>
    (await cbs.DescribeAutoSnapshotPolicies({ AutoSnapshotPolicyIds: [id] })).AutoSnapshotPolicySet[0];
  const made = await policyOf();
  assert.deepEqual(
    [made.AutoSnapshotPolicyName, made.Policy, made.RetentionDays, made.IsActivated, made.IsPermanent],
    ['夜 nightly', plan.Policy, 7, true, false]);

  const ids = await createDisks({ DiskCount: 2 });
  await cbs.BindAutoSnapshotPolicy({ AutoSnapshotPolicyId: id, DiskIds: ids });
  assert.deepEqual((await policyOf()).DiskIdSet.sort(), [...ids].sort());
  const bound = await cbs.DescribeDiskAssociatedAutoSnapshotPolicy({ DiskId: ids[0] });
  assert.deepEqual(bound.AutoSnapshotPolicySet.map((one) => [one.AutoSnapshotPolicyId, one.DiskIdSet]), [[id, []]]);
  const { DiskSet } = await cbs.DescribeDisks({ DiskIds: [ids[0]], ReturnBindAutoSnapshotPolicy: true });
  assert.deepEqual(DiskSet[0].AutoSnapshotPolicyIds, [id]);

  await cbs.ModifyAutoSnapshotPolicyAttribute({
    AutoSnapshotPolicyId: id, IsActivated: false, Policy: [{ IntervalDays: 2, Hour: [3] }], RetentionDays: 30,
  });
  const changed = await policyOf();
  assert.deepEqual(
    [changed.IsActivated, changed.Policy, changed.RetentionDays], [false, [{ IntervalDays: 2, Hour: [3] }], 30]);
  await cbs.UnbindAutoSnapshotPolicy({ AutoSnapshotPolicyId: id, DiskIds: ids });
  await cbs.DeleteAutoSnapshotPolicies({ AutoSnapshotPolicyIds: [id] });
  assert.equal(await policyOf(), undefined);
  assert.equal(
    await codeOf(() => cbs.DeleteAutoSnapshotPolicies({ AutoSnapshotPolicyIds: [id] })),
    'InvalidAutoSnapshotPolicyId.NotFound');
  await removeDisks(ids);
}

async function groups() {
  const ids = await createDisks({ DiskCount: 3 });
  const { SnapshotGroupId: id } = await cbs.CreateSnapshotGroup({ DiskIds: ids, SnapshotGroupName: '组 group' });
  const groupOf = async () => (await cbs.DescribeSnapshotGroups({
    Filters: [{ Name: 'snapshot-group-id', Values: [id] }],
  })).SnapshotGroupSet[0];
  const made = await waitFor('complete', groupOf, (group) => group?.SnapshotGroupState === 'NORMAL');
  assert.deepEqual([made.SnapshotGroupName, made.SnapshotIdSet.length, made.Percent], ['组 group', 3, 100]);

  const { SnapshotSet } = await cbs.DescribeSnapshots({ SnapshotIds: made.SnapshotIdSet });
  assert.deepEqual(SnapshotSet.map((one) => one.DiskId).sort(), [...ids].sort());
  await cbs.ApplySnapshotGroup({
    SnapshotGroupId: id,
    ApplyDisks: SnapshotSet.slice(0, 2).map(({ SnapshotId, DiskId }) => ({ SnapshotId, DiskId })),
  });
  await waitFor('rolled back', () => disksOf(ids), (all) => all.every(isIdle));
  await cbs.DeleteSnapshotGroup({ SnapshotGroupId: id });
  await waitFor('gone', groupOf, (group) => group === undefined);
  assert.deepEqual((await cbs.DescribeSnapshots({ SnapshotIds: made.SnapshotIdSet })).SnapshotSet, []);
  await removeDisks(ids);
}

async function backups() {
  const [disk] = await createDisks();
  await cbs.ModifyDiskBackupQuota({ DiskId: disk, DiskBackupQuota: 2 });
  const backupOf = async (id) => (await cbs.DescribeDiskBackups({ DiskBackupIds: [id] })).DiskBackupSet[0];
  const { DiskBackupId: id } = await cbs.CreateDiskBackup({ DiskId: disk, DiskBackupName: '点 point' });
  const made = await waitFor('complete', () => backupOf(id), (backup) => backup.DiskBackupState === 'NORMAL');
  assert.deepEqual([made.DiskId, made.DiskBackupName, made.Percent], [disk, '点 point', 100]);
  await cbs.ApplyDiskBackup({ DiskBackupId: id, DiskId: disk });
  await waitFor('rolled back', () => diskOf(disk), isIdle);
  const { DiskBackupId: second } = await cbs.CreateDiskBackup({ DiskId: disk });
  assert.notEqual(await codeOf(() => cbs.CreateDiskBackup({ DiskId: disk })), 'no refusal');
  await cbs.DeleteDiskBackups({ DiskBackupIds: [id, second] });
  await waitFor('gone', () => backupOf(id), (backup) => backup === undefined);
  await removeDisks([disk]);
}

async function tags() {
  const tag = connect(Tag);
  const [disk] = await createDisks({ Tags: [{ Key: 'old', Value: '1' }] });
  const snapshot = await createSnapshot(disk);
  for (const [prefix, id] of [['volume', disk], ['snapshot', snapshot]]) {
    await tag.ModifyResourceTags({
      Resource: `qcs::cvm:${region}:uin/:${prefix}/${id}`,
      ReplaceTags: [{ TagKey: '组', TagValue: 'db 1' }],
      DeleteTags: [{ TagKey: 'old' }],
    });
    const { Tags } = await tag.DescribeResourceTagsByResourceIds({
      ServiceType: 'cvm', ResourcePrefix: prefix, ResourceIds: [id], ResourceRegion: region, Offset: 0, Limit: 20,
    });
    assert.deepEqual(Tags.map((one) => [one.TagKey, one.TagValue, one.ResourceId]), [['组', 'db 1', id]]);
  }

  assert.deepEqual((await diskOf(disk)).Tags, [{ Key: '组', Value: 'db 1' }]);
  const found = await cbs.DescribeSnapshots({ Filters: [{ Name: 'tag:组', Values: ['db 1'] }] });
  assert.deepEqual(found.SnapshotSet.map((one) => one.SnapshotId), [snapshot]);
  await cbs.DeleteSnapshots({ SnapshotIds: [snapshot] });
  await removeDisks([disk]);
}

async function identity() {
  const { AccountId, Arn } = await connect(Sts).GetCallerIdentity();
  assert.match(AccountId, /^\d{12}$/);
  assert.ok(Arn.includes(AccountId));
}

module.exports = { signing, disks, snapshots, attributes, instances, policies, groups, backups, tags, identity };
