using Tidemark.Disks.Accounts;
using Tidemark.Disks.Keys;

namespace Tidemark.Disks.Tests;

public sealed class AccountTests : IDisposable
{
    private readonly TestServer _server = new();
    private readonly AccessKey _first;

    public AccountTests() => _first = _server.Domain.Keys.EnsureFirst(null);

    public void Dispose() => _server.Dispose();

    [Fact]
    public void Keys_are_after_a_restart_what_they_were_before()
    {
        var account = _server.Domain.Accounts.Create("team", Administrator);
        var reader = Keys.Create(account.AccountId, "reader", isReadOnly: true, Administrator);
        var disabled = Keys.Create(account.AccountId, null, isReadOnly: false, Administrator);
        var deleted = Keys.Create(account.AccountId, null, isReadOnly: false, Administrator);
        Keys.Modify(reader.SecretId, "renamed", null, Administrator);
        Keys.Modify(disabled.SecretId, null, false, Administrator);
        Keys.Delete(deleted.SecretId, Administrator);

        _server.Restart();

        Assert.Equal(
            new KeyEntry(reader.SecretKey, account.AccountId, IsReadOnly: true), Keys.Find(reader.SecretId));
        Assert.Null(Keys.Find(disabled.SecretId));
        Assert.Null(Keys.Find(deleted.SecretId));
        Assert.Equal(
            ["renamed", "unnamed"], Keys.List(account.AccountId, Administrator).Select(key => key.Name).Order());
        Assert.Equal((account.AccountId, "team", 2), Describe(account.AccountId));
        Keys.Modify(disabled.SecretId, null, true, Administrator);
        Assert.Equal(disabled.SecretKey, Keys.FindSecretKey(disabled.SecretId));
    }

    [Fact]
    public void The_servers_own_key_is_one_that_may_do_everything()
    {
        var account = _server.Domain.Accounts.Create("team", Administrator);
        Keys.Create(account.AccountId, "other", isReadOnly: false, Administrator);
        Keys.Create(null, "reader", isReadOnly: true, Administrator);
        var next = Keys.Create(null, "next", isReadOnly: false, Administrator);
        Keys.Delete(_first.SecretId, Administrator);

        Assert.Equal(next, Keys.EnsureFirst(null));
    }

    [Fact]
    public void A_given_key_that_may_not_do_everything_is_made_to()
    {
        var reader = Keys.Create(null, "reader", isReadOnly: true, Administrator);

        Keys.EnsureFirst(reader);

        Assert.Equal(
            new KeyEntry(reader.SecretKey, Scope.FirstAccountId, IsReadOnly: false), Keys.Find(reader.SecretId));
    }

    [Fact]
    public void Of_two_who_remove_each_others_key_one_stays()
    {
        var last = _first.SecretId;
        for (var round = 0; round < 20; round++)
        {
            var second = Keys.Create(null, "second", isReadOnly: false, Administrator);
            string[] both = [last, second.SecretId];
            var removed = 0;

            Parallel.ForEach(both, secretId =>
            {
                try
                {
                    Keys.Delete(secretId, Caller.Server);
                    Interlocked.Increment(ref removed);
                }
                catch (DomainException refusal) when (refusal.Code == ErrorCode.WrongState)
                {
                    // The other one was faster.
                }
            });

            Assert.Equal(1, removed);
            last = Assert.Single(both, secretId => Keys.Find(secretId) is not null);
        }
    }

    [Fact]
    public void An_account_stays_while_it_owns_a_disk()
    {
        var account = _server.Domain.Accounts.Create("team", Administrator);
        var member = Administrator with { Scope = new Scope(account.AccountId, "test") };
        var diskId = _server.Disks.Create(new() { DiskSize = 1 }, member)[0];

        var refusal = Refusal.Of(
            ErrorCode.WrongState, () => _server.Domain.Accounts.Delete(account.AccountId, Administrator));
        _server.Disks.Terminate([diskId], false, false, member);
        _server.Domain.Accounts.Delete(account.AccountId, Administrator);

        Assert.Contains("1 disks", refusal.Message, StringComparison.Ordinal);
        Assert.False(_server.Domain.Accounts.Exists(account.AccountId));
    }

    [Fact]
    public void Keys_of_an_account_are_bounded()
    {
        var account = _server.Domain.Accounts.Create("team", Administrator);
        for (var count = 0; count < 100; count++)
            Keys.Create(account.AccountId, null, isReadOnly: true, Administrator);

        Refusal.Of(ErrorCode.OverQuota, () => Keys.Create(account.AccountId, null, isReadOnly: true, Administrator));
    }

    private AccessKeys Keys => _server.Domain.Keys;

    private Caller Administrator => new(Keys.EnsureFirst(null).SecretId, "request-1", "10.0.0.7")
    {
        Scope = new Scope(Scope.FirstAccountId, "test"),
    };

    private (string AccountId, string Name, int KeyCount) Describe(string accountId)
    {
        var found = _server.Domain.Accounts.List(Administrator).Single(account => account.AccountId == accountId);
        return (found.AccountId, found.Name, found.KeyCount);
    }
}
