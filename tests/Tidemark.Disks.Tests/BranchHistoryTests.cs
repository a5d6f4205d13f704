namespace Tidemark.Disks.Tests;

/// <summary>Random histories of groups, backup points and snapshots against a plain model.</summary>
public sealed class BranchHistoryTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void The_server_does_what_the_model_does(int seed)
    {
        using var server = new TestServer();
        var history = new BranchHistory(server, seed);
        for (var step = 0; step < 150; step++)
        {
            history.Step();
            if (step % 10 == 0)
                history.Compare();
        }

        history.Compare();
    }
}
