namespace Tidemark.Api.Tests.Server;

public sealed class AccountActionTests
{
    [Fact]
    public async Task An_account_has_keys_and_resources_of_its_own()
    {
        await using var server = await RunningServer.StartAsync();
        var second = await server.NewAccountAsync();
        var disk = """
            {"Placement":{"Zone":"local-1"},"DiskChargeType":"POSTPAID_BY_HOUR","DiskType":"CLOUD_SSD","DiskSize":1}
            """;
        await server.NewDiskAsync();

        var created = await server.CallAsync(second, "CreateDisks", disk);
        var seen = await server.CallAsync(second, "DescribeDisks", "{}");
        var accounts = await server.CallAsync("DescribeAccounts", "{}");

        Assert.Equal(1, seen.GetProperty("TotalCount").GetInt32());
        Assert.Equal(
            created.GetProperty("DiskIdSet")[0].GetString(),
            seen.GetProperty("DiskSet")[0].GetProperty("DiskId").GetString());
        Assert.Equal(2, accounts.GetProperty("TotalCount").GetInt32());
        var shown = accounts.GetProperty("AccountSet").EnumerateArray()
            .Single(account => account.GetProperty("AccountId").GetString() == second.AccountId);
        Assert.Equal("second", shown.GetProperty("AccountName").GetString());
        Assert.Equal(1, shown.GetProperty("AccessKeyCount").GetInt32());
        Assert.Matches("^1[0-9]{11}$", second.AccountId);
    }

    [Fact]
    public async Task Only_administrators_look_after_accounts()
    {
        await using var server = await RunningServer.StartAsync();
        var second = await server.NewAccountAsync();
        var reader = await server.NewKeyAsync(SentAs.First.AccountId, isReadOnly: true);
        var delete = $$"""{"AccountId":"{{second.AccountId}}"}""";

        Assert.Equal(
            "UnauthorizedOperation", await server.CodeAsync(second, "CreateAccount", """{"AccountName":"x"}"""));
        Assert.Equal("UnauthorizedOperation", await server.CodeAsync(second, "DescribeAccounts", "{}"));
        Assert.Equal("UnauthorizedOperation", await server.CodeAsync(second, "DeleteAccount", delete));
        Assert.Equal("UnauthorizedOperation", await server.CodeAsync(reader, "DescribeAccounts", "{}"));
        Assert.Equal(
            "UnauthorizedOperation", await server.CodeAsync(reader, "CreateAccount", """{"AccountName":"x"}"""));
    }

    [Fact]
    public async Task An_account_goes_when_it_owns_nothing_any_more()
    {
        await using var server = await RunningServer.StartAsync();
        var second = await server.NewAccountAsync();
        var delete = $$"""{"AccountId":"{{second.AccountId}}"}""";

        await server.AssertRefusedAsync("UnsupportedOperation.StateError", "1 keys", "DeleteAccount", delete);
        await server.CallAsync("DeleteAccessKey", $$"""{"SecretId":"{{second.SecretId}}"}""");
        await server.CallAsync("DeleteAccount", delete);

        await server.AssertRefusedAsync("ResourceNotFound.NotFound", second.AccountId, "DeleteAccount", delete);
        await server.AssertRefusedAsync(
            "UnsupportedOperation", "own account", "DeleteAccount",
            $$"""{"AccountId":"{{SentAs.First.AccountId}}"}""");
        Assert.Equal("AuthFailure.SecretIdNotFound", await server.CodeAsync(second, "DescribeDisks", "{}"));
    }

    [Fact]
    public async Task A_key_that_may_only_look_changes_nothing()
    {
        await using var server = await RunningServer.StartAsync();
        var diskId = await server.NewDiskAsync();
        var reader = await server.NewKeyAsync(SentAs.First.AccountId, isReadOnly: true);
        var terminate = $$"""{"DiskIds":["{{diskId}}"]}""";

        var seen = await server.CallAsync(reader, "DescribeDisks", "{}");
        var code = await server.CodeAsync(reader, "TerminateDisks", terminate);

        Assert.Equal(1, seen.GetProperty("TotalCount").GetInt32());
        Assert.Equal("UnauthorizedOperation", code);
        Assert.Equal(1, (await server.CallAsync("DescribeDisks", "{}")).GetProperty("TotalCount").GetInt32());
    }

    [Fact]
    public async Task An_accounts_keys_look_after_each_other()
    {
        await using var server = await RunningServer.StartAsync();
        var second = await server.NewAccountAsync();
        var made = await server.CallAsync(second, "CreateAccessKey", """{"Name":"ci"}""");
        var secretId = made.GetProperty("SecretId").GetString()!;
        var other = second with { SecretId = secretId, SecretKey = made.GetProperty("SecretKey").GetString()! };
        var disable = $$"""{"SecretId":"{{secretId}}","IsEnabled":false}""";

        await server.CallAsync(second, "ModifyAccessKey", disable);
        var whenDisabled = await server.CodeAsync(other, "DescribeDisks", "{}");
        await server.CallAsync(
            second, "ModifyAccessKey", $$"""{"SecretId":"{{secretId}}","IsEnabled":true,"Name":"new"}""");
        await server.CallAsync(other, "DescribeDisks", "{}");
        var keys = (await server.CallAsync(second, "DescribeAccessKeys", "{}")).GetProperty("AccessKeySet");

        Assert.Equal("AuthFailure.SecretIdNotFound", whenDisabled);
        Assert.Equal(2, keys.GetArrayLength());
        Assert.Contains(keys.EnumerateArray(), key => key.GetProperty("Name").GetString() == "new");
        Assert.DoesNotContain(other.SecretKey, keys.GetRawText());
        Assert.Equal("ResourceNotFound.NotFound", await server.CodeAsync(
            second, "DeleteAccessKey", $$"""{"SecretId":"{{TestSigner.KnownId}}"}"""));
        await server.CallAsync(second, "DeleteAccessKey", $$"""{"SecretId":"{{secretId}}"}""");
    }

    [Fact]
    public async Task Somebody_can_always_look_after_the_server()
    {
        await using var server = await RunningServer.StartAsync();
        await server.NewKeyAsync(SentAs.First.AccountId, isReadOnly: true);
        var known = $$"""{"SecretId":"{{TestSigner.KnownId}}"}""";
        var disable = $$"""{"SecretId":"{{TestSigner.KnownId}}","IsEnabled":false}""";

        await server.AssertRefusedAsync("UnsupportedOperation.StateError", "last key", "DeleteAccessKey", known);
        await server.AssertRefusedAsync("UnsupportedOperation.StateError", "last key", "ModifyAccessKey", disable);
        var next = await server.NewKeyAsync(SentAs.First.AccountId);
        await server.CallAsync("DeleteAccessKey", known);

        await server.CallAsync(next, "DescribeAccounts", "{}");
    }

    [Theory]
    [InlineData("CreateAccount", "{}", "MissingParameter", "AccountName")]
    [InlineData("DeleteAccount", "{}", "MissingParameter", "AccountId")]
    [InlineData("CreateAccessKey", """{"AccountId":"123"}""", "ResourceNotFound.NotFound", "123")]
    [InlineData("ModifyAccessKey", """{"SecretId":"x"}""", "MissingParameter", "IsEnabled")]
    [InlineData("ModifyAccessKey", """{"SecretId":"x","IsEnabled":true}""", "ResourceNotFound.NotFound", "x")]
    [InlineData("DeleteAccessKey", "{}", "MissingParameter", "SecretId")]
    public async Task What_is_wrong_is_named(string action, string body, string code, string named)
    {
        await using var server = await RunningServer.StartAsync();

        await server.AssertRefusedAsync(code, named, action, body);
    }

    [Theory]
    [InlineData("local")]
    [InlineData("ap-nowhere")]
    [InlineData("")]
    public async Task A_caller_learns_who_it_is_in_any_region(string region)
    {
        await using var server = await RunningServer.StartAsync();
        var second = await server.NewAccountAsync(isReadOnly: true);

        var identity = await server.CallAsync(second with { Region = region }, "GetCallerIdentity", "{}");

        Assert.Equal(second.AccountId, identity.GetProperty("AccountId").GetString());
        Assert.Equal(second.AccountId, identity.GetProperty("UserId").GetString());
        Assert.Equal(second.AccountId, identity.GetProperty("PrincipalId").GetString());
        Assert.Contains(second.AccountId, identity.GetProperty("Arn").GetString());
        Assert.NotEmpty(identity.GetProperty("Type").GetString()!);
    }
}
