namespace Tidemark.Disks.Tests;

/// <summary>
/// Ends an action at each of its steps in turn, on a new server each time. A step is a reading of the clock: every
/// transaction of an action reads it, so the action ends before each of its commits once. Then the server is started
/// again, and must be as if the action had either never begun or been completed.
/// </summary>
internal static class Interruption
{
    private const int StepsMax = 100;

    /// <param name="prepare">Makes what the action needs.</param>
    /// <param name="act">The action.</param>
    /// <param name="isDone">Whether what it does has been done as a whole; must fail when only a part was.</param>
    public static void AtEveryStep<T>(
        Func<TestServer, T> prepare, Action<TestServer, T> act, Func<TestServer, T, bool> isDone)
    {
        var notDoneCount = 0;
        for (var step = 1; step <= StepsMax; step++)
        {
            using var server = new TestServer(
                options => options with { OtherRegions = [new Region("far", ["far-1"])] });
            var state = prepare(server);
            Assert.False(isDone(server, state));
            var hasEnded = EndAt(server, step, () => act(server, state));
            server.Restart();
            Agreement.Check(server);
            var wasDone = isDone(server, state);
            server.Drain();
            Agreement.Check(server);
            if (!hasEnded)
            {
                Assert.True(wasDone, "The action was completed and is not done.");
                Assert.True(notDoneCount > 0, "The action was never interrupted before it was decided.");
                return;
            }

            notDoneCount += wasDone ? 0 : 1;
        }

        Assert.Fail($"The action has more than {StepsMax} steps.");
    }

    private static bool EndAt(TestServer server, int step, Action act)
    {
        var readCount = 0;
        server.Clock.OnRead = () =>
        {
            if (Interlocked.Increment(ref readCount) == step)
                throw new PlannedEnd();
        };
        try
        {
            act();
            return false;
        }
        catch (PlannedEnd)
        {
            return true;
        }
        finally
        {
            server.Clock.OnRead = null;
        }
    }
}
