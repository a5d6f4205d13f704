using System.Diagnostics;
using System.Globalization;
using Tidemark.EndToEnd.Support;
using Tidemark.Nbd;
using Tidemark.Output;

namespace Tidemark.EndToEnd;

public sealed class FullFileSystemTests : IDisposable
{
    private const long FileSystemBytes = 256L << 20;
    private const int DiskBlocks = (1 << 30) / PatternDisk.BlockBytes;
    private const int RunBlocks = 64;
    private const int FirstBlocks = 8 * 1024; // 32 MiB
    private const int SecondsMax = 60;
    private const int SnapshotAttempts = 20;

    private readonly TemporaryFolder _folder = new();
    private readonly SmallFileSystem _files;
    private readonly PatternDisk _model = new(DiskBlocks);
    private readonly Dictionary<string, int[]> _snapshots = new(StringComparer.Ordinal);
    private ServerProcess _server;
    private string _disk = "";

    public FullFileSystemTests()
    {
        _files = new SmallFileSystem(_folder.In("ext4.img"), _folder.In("mounted"), FileSystemBytes);
        _server = StartServer();
    }

    [Fact]
    public async Task A_full_file_system_refuses_writers_reads_on_deletes_restarts_and_recovers_by_itself()
    {
        PrepareSnapshots();
        FillByWriting();
        await FillByOthers();
        VerifyAll("full");

        RestartAfter(_server.Stop, "full and stopped");
        KillWhileWritersAreRefused();
        VerifyAll("full and killed");

        await DeleteAndWriteAgain();
        FillByWriting();
        await FillByOthers();
        _files.MakeRoom();
        await WritesAreTakenAgain();
        VerifyAll("with room again");
        _server.Cli("check");
        RestartAfter(_server.Stop, "with room again and stopped");
        _server.Cli("check");
        _server.Stop();
    }

    [Fact]
    public async Task Snapshots_that_a_full_file_system_refuses_leave_nothing_and_those_it_takes_stay()
    {
        PrepareSnapshots();
        FillByWriting();
        await FillByOthers();
        for (var number = 0; number < SnapshotAttempts; number++)
            await TrySnapshot($"full {number}");
        VerifyAll("after snapshots of a full disk");

        RestartAfter(_server.Kill, "killed after snapshots of a full disk");
        _files.MakeRoom();
        await WritesAreTakenAgain();
        VerifyAll("with room again");
        _server.Cli("check");
        _server.Stop();
    }

    public void Dispose()
    {
        _server.Dispose();
        _files.Dispose();
        _folder.Dispose();
    }

    private ServerProcess StartServer() => ServerProcess.Start(_files.In("data"), "--memory", "64MiB");

    private void PrepareSnapshots()
    {
        _disk = _server.CreateDisk("filled");
        using (var client = _server.Connect(_disk))
        {
            for (var block = 0; block < FirstBlocks; block += RunBlocks)
                _model.Write(client, block, RunBlocks);
            client.Flush();
        }

        _snapshots.Add(_server.CreateSnapshot(_disk, "first"), _model.Image());
        using (var client = _server.Connect(_disk))
        {
            for (var block = 0; block < FirstBlocks; block += RunBlocks)
                _model.Write(client, block, RunBlocks);
        }

        _snapshots.Add(_server.CreateSnapshot(_disk, "second"), _model.Image());
    }

    // Until not one block is taken; a refused write must have changed nothing.
    private void FillByWriting()
    {
        using var client = _server.Connect(_disk);
        var block = FirstBlocks;
        for (var count = RunBlocks; count > 0; count /= 2)
        {
            while (block + count <= DiskBlocks && TryWrite(client, block, count))
                block += count;
        }

        Assert.True(block < DiskBlocks, "The disk took everything: the file system is too large for this test.");
    }

    // Another program takes all that the server does not hold. Only while the server works with its reserve can others
    // take that too, which no server can help.
    private async Task FillByOthers()
    {
        var reserve = Path.Combine(_server.DataFolder, "store", "reserve");
        bool IsHeld() => Tool.Run("stat", "-c", "%b", reserve).Output.Trim() != "0";
        await Polling.Until(
            () => Task.FromResult(IsHeld() && _files.TryFillToTheLastByte(IsHeld)),
            () => $"the reserve is not held\n--- server\n{_server.Log}",
            SecondsMax);
    }

    private bool TryWrite(NbdClient client, int block, int count)
    {
        try
        {
            _model.Write(client, block, count);
            return true;
        }
        catch (NbdException refused) when (refused.Error == NbdError.NoSpace)
        {
            return false;
        }
    }

    private async Task TrySnapshot(string name)
    {
        try
        {
            var snapshot = await _server.Client.Snapshots.CreateAsync(_disk, name, [], CancellationToken.None);
            _snapshots.Add(snapshot, _model.Image());
        }
        catch (CommandException refused)
        {
            TestContext.Current.TestOutputHelper?.WriteLine($"{name}: {refused.Message}");
        }
    }

    private void KillWhileWritersAreRefused()
    {
        using var client = _server.Connect(_disk);
        for (var attempt = 0; attempt < 50; attempt++)
            TryWrite(client, attempt * RunBlocks, RunBlocks);
        RestartAfter(_server.Kill, "killed");
    }

    private void RestartAfter(Action end, string what)
    {
        end();
        _server.Dispose();
        _server = StartServer();
        VerifyAll(what);
    }

    // The ballast stays: all room comes from the snapshot.
    private async Task DeleteAndWriteAgain()
    {
        var first = _snapshots.Keys.First();
        await _server.Client.Snapshots.DeleteAsync([first], CancellationToken.None);
        _snapshots.Remove(first);
        await WritesAreTakenAgain();
        VerifyAll("after a deletion");
    }

    private async Task WritesAreTakenAgain()
    {
        var started = Stopwatch.GetTimestamp();
        using var client = _server.Connect(_disk);
        await Polling.Until(
            () => Task.FromResult(TryWrite(client, 0, RunBlocks)),
            () => $"writes are refused with {_files.FreeBytes} bytes free\n--- server\n{_server.Log}",
            SecondsMax);
        client.Flush();
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"writes again after {Stopwatch.GetElapsedTime(started).TotalSeconds:0.0} s"));
    }

    private void VerifyAll(string when)
    {
        foreach (var (export, image) in _snapshots.Append(new(_disk, _model.Versions)))
        {
            using var client = _server.Connect(export, "base:allocation");
            _model.Verify(client, image, $"{export}, {when}");
        }
    }
}
