namespace Tidemark.Disks.Tests;

public sealed class DiskClientsTests
{
    [Fact]
    public void Nobody_gets_in_while_a_disk_is_closed()
    {
        var clients = new DiskClients();
        var wasLetIn = true;

        clients.RunAlone(["a"], false, () => wasLetIn = clients.TryEnter("a"));

        Assert.False(wasLetIn);
        Assert.True(clients.TryEnter("a"));
        Assert.Equal(1, clients.Count("a"));
    }

    [Fact]
    public void A_refusal_closes_none_of_the_disks()
    {
        var clients = new DiskClients();
        clients.TryEnter("b");

        Refusal.Of(ErrorCode.WrongState, () => clients.RunAlone(["a", "b"], false, () => { }));

        Assert.True(clients.TryEnter("a"));
    }

    [Fact]
    public void A_disk_opens_again_when_the_work_fails()
    {
        var clients = new DiskClients();

        Assert.Throws<FormatException>(
            () => clients.RunAlone(["a"], false, () => throw new FormatException("planned")));

        Assert.True(clients.TryEnter("a"));
    }

    [Fact]
    public void Work_waits_until_a_disconnected_client_has_left()
    {
        var clients = new DiskClients();
        clients.TryEnter("a");
        Thread? leaver = null;
        clients.Disconnect = id =>
        {
            leaver = new Thread(() => clients.Leave(id));
            leaver.Start();
        };
        var countInside = -1;

        clients.RunAlone(["a"], true, () => countInside = clients.Count("a"));

        leaver!.Join();
        Assert.Equal(0, countInside);
    }

    [Fact]
    public void A_client_that_is_about_to_be_gone_is_no_reason_to_refuse()
    {
        var clients = new DiskClients();
        for (var round = 0; round < 100; round++)
        {
            clients.TryEnter("a");
            var leaver = new Thread(() => clients.Leave("a"));
            leaver.Start();
            var countInside = -1;

            clients.RunAlone(["a"], false, () => countInside = clients.Count("a"));

            Assert.Equal(0, countInside);
            leaver.Join();
        }
    }
}
