using System.Text;
using System.Text.Json.Nodes;
using Tidemark.Api.Actions;
using Tidemark.Api.Tests.Actions;
using Tidemark.Api.Tests.Hosting;
using Tidemark.Catalog;
using Tidemark.Disks;
using Tidemark.Disks.Keys;
using Tidemark.Engine;
using Tidemark.Engine.Stores;

namespace Tidemark.Api.Tests.Kills;

/// <summary>
/// A server that can end at any point at which something lasting happens, as kill -9 would end it, and be started again
/// on what is left. The same calls give the same ids each time.
/// </summary>
internal sealed class KillableServer : IDisposable
{
    private const int BlockBytes = 4096;

    private const string AllEvents = """{"Limit":1000}""";

    // What is listed to compare states; those that the table lacks are left out.
    private static readonly (string Action, string Body)[] Listings =
    [
        ("DescribeDisks", """{"Limit":100,"ReturnBindAutoSnapshotPolicy":true}"""),
        ("DescribeSnapshots", """{"Limit":100}"""),
        ("DescribeSnapshotGroups", "{}"),
        ("DescribeDiskBackups", "{}"),
        ("DescribeAutoSnapshotPolicies", "{}"),
        ("DescribeInstances", "{}"),
        ("DescribeDeletedDisks", "{}"),
        ("DescribeSnapshots", """{"Limit":100,"ShowDeleted":true}"""),
        ("DescribeQuotas", "{}"),
        ("DescribeAccounts", "{}"),
        ("DescribeAccessKeys", "{}"),
    ];

    private readonly FixedClock _clock = new(DateTimeOffset.FromUnixTimeSeconds(RunningFace.Now));
    private readonly Random _random = new(20260304);
    private readonly MasterKey _masterKey;
    private readonly bool _keepsDeleted;
    private string _folder = Directory.CreateTempSubdirectory("tidemark-kill-").FullName;
    private SimulatedStore _store = new();
    private volatile bool _isDead;
    private volatile int _pointCount;
    private int _endsAt = int.MaxValue;

    public KillableServer(bool keepsDeleted)
    {
        _keepsDeleted = keepsDeleted;
        _masterKey = MasterKey.Draw(Fill);
        Open();
    }

    public SqlCatalog Catalog { get; private set; } = null!;

    public StorageEngine Engine { get; private set; } = null!;

    public DiskDomain Domain { get; private set; } = null!;

    public DirectCalls Calls { get; private set; } = null!;

    /// <summary>Points of commits since the last <see cref="BeginCounting"/>.</summary>
    public int PointCount => _pointCount;

    /// <summary>Operations of the store.</summary>
    public long OperationCount => _store.OperationCount;

    /// <summary>True once the planted end has come.</summary>
    public bool HasEnded => _isDead || _store.IsPowerCut;

    /// <summary>Counts points of commits from here on.</summary>
    public void BeginCounting() => _pointCount = 0;

    /// <summary>Ends the process at the n-th point of a commit from here on.</summary>
    public void EndAtPoint(int nth)
    {
        BeginCounting();
        _endsAt = nth;
    }

    /// <summary>Ends the process in the middle of the n-th operation of the store from here on.</summary>
    public void EndAtOperation(long nth) => _store.CutPowerAt(nth);

    /// <summary>Starts again on what an ended process left. The old one is dead from here on.</summary>
    public void StartAgain()
    {
        _isDead = true;
        var left = Directory.CreateTempSubdirectory("tidemark-kill-").FullName;
        Copy(_folder, left);
        _store = _store.Crash(CrashKind.ProcessKilled, _random);
        Close();
        _folder = left;
        _endsAt = int.MaxValue;
        _isDead = false;
        Open();
    }

    /// <summary>Writes a block of a disk.</summary>
    public void Write(string diskId, byte value)
    {
        var payload = new byte[BlockBytes];
        Array.Fill(payload, value);
        Assert.Equal(IoResult.Done, Engine.OpenDisk(diskId).Write([new WritePiece(0, 0, BlockBytes)], payload));
    }

    /// <summary>All that clients can see: listings, what succeeded, and what the disks hold.</summary>
    public string Describe()
    {
        var text = new StringBuilder();
        foreach (var (action, body) in Listings.Where(listing => ActionTable.Find(listing.Action) is not null))
            text.Append(action).Append(' ').AppendLine(WithoutCachedFigures(Calls.Call(action, body).GetRawText()));
        foreach (var done in Calls.Call("DescribeEvents", AllEvents).GetProperty("EventSet").EnumerateArray())
        {
            if (done.GetProperty("Result").GetString() == "Success")
                text.AppendLine($"{done.GetProperty("Action")} {done.GetProperty("ResourceId")}");
        }

        foreach (var diskId in Engine.DiskIds)
            text.Append(diskId).Append(" holds ").Append(Read(diskId)).AppendLine();
        return text.ToString();
    }

    public void Dispose()
    {
        Close();
        _store.Dispose();
    }

    private void Open()
    {
        Catalog = SqlCatalog.Open(new() { DataDirectory = _folder, OnPoint = Pass });
        Engine = StorageEngine.Open(_store, Catalog, new EngineOptions { MapBudgetBytes = 4 << 20 });
        Domain = new DiskDomain(Engine, Catalog, new DomainOptions
        {
            MasterKey = _masterKey,
            Region = "local",
            Zones = ["local-1"],
            KeepDeleted = _keepsDeleted ? TimeSpan.FromDays(7) : TimeSpan.Zero,
            OtherRegions = [new Region("other", ["other-1"])],
            Time = _clock,
            Random = Fill,
        });
        Domain.Keys.EnsureFirst(new AccessKey(TestSigner.KnownId, TestSigner.KnownKey));
        Calls = new DirectCalls(Domain);
    }

    private void Close()
    {
        Engine.Dispose();
        Catalog.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    // On the catalog's thread: once ended, every commit fails, and so does every operation of the store.
    private void Pass(CommitPoint point)
    {
        _isDead |= _store.IsPowerCut || ++_pointCount == _endsAt;
        if (!_isDead)
            return;
        if (!_store.IsPowerCut)
            _store.CutPowerAt(1);
        throw new ProcessEndedException();
    }

    private byte Read(string diskId)
    {
        var block = new byte[BlockBytes];
        Assert.Equal(IoResult.Done, Engine.OpenDisk(diskId).Read(0, block));
        return block[0];
    }

    private void Fill(Span<byte> destination)
    {
        lock (_random)
            _random.NextBytes(destination);
    }

    // How much snapshots hold is counted in the background, and remembered only while the process lives.
    private static string WithoutCachedFigures(string answer)
    {
        var node = JsonNode.Parse(answer)!;
        foreach (var disk in node["DiskSet"]?.AsArray() ?? [])
            disk!.AsObject().Remove("SnapshotSize");
        return node.ToJsonString();
    }

    // The database before its log: what was moved from one to the other meanwhile is then in both.
    private static void Copy(string from, string to)
    {
        var paths = Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories);
        foreach (var path in paths.Order(StringComparer.Ordinal))
        {
            if (path.EndsWith("-shm", StringComparison.Ordinal))
                continue;
            var target = Path.Combine(to, Path.GetRelativePath(from, path));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(path, target);
        }
    }
}
