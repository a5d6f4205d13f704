using System.Buffers.Binary;

namespace Tidemark.Program.Tests;

/// <summary>
/// Writes 1, 2, 3, … to several disks in turn, each once the one before is answered, always to the same block of a
/// disk; besides, another thread writes elsewhere on all of them without a pause.
/// </summary>
internal sealed class RoundRobinWriter : IDisposable
{
    private const int BlockBytes = 4096;
    private const long LoadOffset = 1 << 20;

    private readonly RunningServer _server;
    private readonly string[] _disks;
    private readonly Thread[] _threads;
    private volatile bool _isStopping;
    private volatile Exception? _problem;
    private long _written;

    public RoundRobinWriter(RunningServer server, string[] disks)
    {
        _server = server;
        _disks = disks;
        _threads = [new Thread(() => Run(WriteCounter)), new Thread(() => Run(WriteLoad))];
        foreach (var thread in _threads)
            thread.Start();
    }

    /// <summary>The value in a disk's or snapshot's block.</summary>
    public static long ReadValue(RunningServer server, string export) =>
        BinaryPrimitives.ReadInt64LittleEndian(server.Read(export, 0, BlockBytes));

    /// <summary>Waits until so many more values are written.</summary>
    public void WaitForMore(long count)
    {
        var goal = Interlocked.Read(ref _written) + count;
        var isReached = SpinWait.SpinUntil(
            () => Interlocked.Read(ref _written) >= goal || _problem is not null, TimeSpan.FromSeconds(60));
        Assert.Null(_problem);
        Assert.True(isReached, $"{count} writes took more than a minute.");
    }

    public void Dispose()
    {
        _isStopping = true;
        foreach (var thread in _threads)
            thread.Join();
        Assert.Null(_problem);
    }

    private void Run(Action<List<Nbd.NbdClient>> body)
    {
        var clients = new List<Nbd.NbdClient>();
        try
        {
            foreach (var disk in _disks)
                clients.Add(_server.Connect(disk));
            body(clients);
        }
        catch (Exception problem)
        {
            // The test tells of it; a thread that ends by it would end all tests.
            _problem = problem;
        }
        finally
        {
            clients.ForEach(client => client.Dispose());
        }
    }

    private void WriteCounter(List<Nbd.NbdClient> clients)
    {
        var block = new byte[BlockBytes];
        for (var value = 1L; !_isStopping; value++)
        {
            BinaryPrimitives.WriteInt64LittleEndian(block, value);
            clients[(int)(value % clients.Count)].Write(0, block);
            Interlocked.Exchange(ref _written, value);
        }
    }

    private void WriteLoad(List<Nbd.NbdClient> clients)
    {
        var blocks = new byte[16 * BlockBytes];
        for (var turn = 0; !_isStopping; turn++)
            clients[turn % clients.Count].Write(LoadOffset + (turn % 64 * blocks.Length), blocks);
    }
}
