using Tidemark.Nbd;

namespace Tidemark.EndToEnd.Support;

/// <summary>
/// Writers on connections of their own, each with blocks of its own, that number every write of a block and remember
/// what was sent and what was answered, until the server is gone.
/// </summary>
internal sealed class VerifiedWriters
{
    public const int WriterCount = 4;
    public const int SlotCount = 2048;
    private const int DenseSlots = SlotCount / 2;
    private const int SparseStrideBlocks = 200;

    private readonly int[] _answered = new int[SlotCount];
    private readonly int[] _sent = new int[SlotCount];
    // A version is never given twice, so that a lost write cannot come back unseen.
    private readonly int[] _lastVersions = new int[SlotCount];

    private int _answerCount;

    /// <summary>Writes that were answered, in all.</summary>
    public int AnswerCount => Volatile.Read(ref _answerCount);

    /// <summary>Half of the slots lie side by side, the others far apart.</summary>
    public static int BlockOf(int slot) =>
        slot < DenseSlots ? slot : DenseSlots + ((slot - DenseSlots) * SparseStrideBlocks);

    /// <summary>
    /// What may be on the disk now. Taken while writers run, it is wide enough for any moment within the call.
    /// </summary>
    public BlockBounds Bounds() => new((int[])_answered.Clone(), (int[])_sent.Clone());

    /// <summary>
    /// Starts the writers of a round; they end when the server does, or after a bounded number of writes.
    /// </summary>
    public Thread[] Start(Func<NbdClient> connect, Random random, int writesMax)
    {
        var threads = new Thread[WriterCount];
        for (var writer = 0; writer < WriterCount; writer++)
        {
            var (number, own) = (writer, new Random(random.Next()));
            var client = connect();
            threads[writer] = new Thread(() => Write(client, number, own, writesMax / WriterCount));
        }

        foreach (var thread in threads)
            thread.Start();
        return threads;
    }

    /// <summary>Reads every slot, which must be within the bounds, and goes on from what was found.</summary>
    public void VerifyAndAdopt(NbdClient client, string round)
    {
        var found = Verify(client, Bounds(), round);
        found.CopyTo(_answered, 0);
        found.CopyTo(_sent, 0);
    }

    /// <summary>Reads every slot, which must be within the bounds; returns the versions found.</summary>
    public static int[] Verify(NbdClient client, BlockBounds bounds, string what)
    {
        var versions = new int[SlotCount];
        var bytes = new byte[PatternDisk.BlockBytes];
        for (var slot = 0; slot < SlotCount; slot++)
        {
            var block = BlockOf(slot);
            client.Read((long)block * PatternDisk.BlockBytes, bytes);
            versions[slot] = PatternDisk.VersionOf(bytes, block);
            Assert.True(
                versions[slot] >= bounds.Answered[slot] && versions[slot] <= bounds.Sent[slot],
                $"{what}: block {block} has version {versions[slot]} (-1: no version's bytes); "
                    + $"{bounds.Answered[slot]} was answered, {bounds.Sent[slot]} sent.");
        }

        return versions;
    }

    private void Write(NbdClient client, int writer, Random random, int writesMax)
    {
        using (client)
        {
            try
            {
                for (var write = 0; write < writesMax; write++)
                    WriteOne(client, writer, random);
            }
            catch (NbdException)
            {
                // The server was killed, as it should be: what was sent and not answered may be there or not.
            }
        }
    }

    private void WriteOne(NbdClient client, int writer, Random random)
    {
        var slot = (random.Next(SlotCount / WriterCount) * WriterCount) + writer;
        var version = ++_lastVersions[slot];
        var bytes = new byte[PatternDisk.BlockBytes];
        PatternDisk.Fill(bytes, BlockOf(slot), version);
        Volatile.Write(ref _sent[slot], version);
        client.Write((long)BlockOf(slot) * PatternDisk.BlockBytes, bytes, isDurable: random.Next(64) == 0);
        Volatile.Write(ref _answered[slot], version);
        Interlocked.Increment(ref _answerCount);
        if (random.Next(64) == 0)
            client.Flush();
    }
}
