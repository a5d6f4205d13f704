using System.Text.Json;
using Tidemark.Output;

namespace Tidemark.Program.Tests;

public sealed class KeyVerbTests(RunningServer server) : IClassFixture<RunningServer>
{
    [Fact]
    public async Task An_account_is_made_used_and_removed()
    {
        var account = await server.RunAsync("account", "create", "team");
        var accountId = account.Output.Trim();
        var key = (await server.RunAsync("key", "create", "--account", accountId, "--name", "ci", "-o", "json")).Json();
        var secretId = key.GetProperty("SecretId").GetString()!;
        var listed = (await server.RunAsync("account", "ls", "-o", "json")).Json().EnumerateArray();
        var early = await server.RunAsync("account", "rm", accountId);
        await server.RunAsync("key", "rm", secretId);
        var removed = await server.RunAsync("account", "rm", accountId);
        var table = await server.RunAsync("account", "list");

        Assert.Equal(ExitCode.Done, account.ExitCode);
        Assert.Matches("^1[0-9]{11}$", accountId);
        Assert.Contains(listed, each => each.GetProperty("AccountId").GetString() == accountId
            && each.GetProperty("AccessKeyCount").GetInt32() == 1);
        Assert.Equal(ExitCode.Conflict, early.ExitCode);
        Assert.Equal(ExitCode.Done, removed.ExitCode);
        Assert.StartsWith("ACCOUNT", table.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(accountId, table.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_is_made_disabled_enabled_and_removed()
    {
        var made = await server.RunAsync("key", "create", "--name", "reader", "--read-only");
        var secretId = made.Output.Split('\n')[0].Split(' ')[^1].Trim();
        var disabled = await server.RunAsync("key", "disable", secretId);
        var whenDisabled = await FindAsync(secretId);
        var enabled = await server.RunAsync("key", "enable", secretId);
        var whenEnabled = await FindAsync(secretId);
        var removed = await server.RunAsync("key", "rm", secretId);
        var again = await server.RunAsync("key", "rm", secretId);

        Assert.Contains("secret key", made.Output, StringComparison.Ordinal);
        Assert.StartsWith("AKID", secretId, StringComparison.Ordinal);
        Assert.Equal([ExitCode.Done, ExitCode.Done, ExitCode.Done],
            [disabled.ExitCode, enabled.ExitCode, removed.ExitCode]);
        Assert.False(whenDisabled.GetProperty("IsEnabled").GetBoolean());
        Assert.True(whenDisabled.GetProperty("ReadOnly").GetBoolean());
        Assert.True(whenEnabled.GetProperty("IsEnabled").GetBoolean());
        Assert.Equal(ExitCode.NotFound, again.ExitCode);
    }

    [Fact]
    public async Task The_last_key_stays()
    {
        var own = (await server.RunAsync("key", "show", "-o", "json")).Json().GetProperty("SecretId").GetString()!;

        var removed = await server.RunAsync("key", "rm", own);
        var table = await server.RunAsync("key", "list");

        Assert.Equal(ExitCode.Conflict, removed.ExitCode);
        Assert.Contains($"{own} ", table.Output, StringComparison.Ordinal);
        Assert.Contains("enabled", table.Output, StringComparison.Ordinal);
    }

    private async Task<JsonElement> FindAsync(string secretId)
    {
        var keys = (await server.RunAsync("key", "ls", "-o", "json")).Json().EnumerateArray();
        return keys.Single(key => key.GetProperty("SecretId").GetString() == secretId);
    }
}
