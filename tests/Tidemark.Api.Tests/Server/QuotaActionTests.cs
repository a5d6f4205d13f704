namespace Tidemark.Api.Tests.Server;

public sealed class QuotaActionTests
{
    [Fact]
    public async Task Quotas_show_what_is_used_and_what_may_be()
    {
        await using var server = await RunningServer.StartAsync();
        var diskId = await server.NewDiskAsync();
        await server.NewSnapshotAsync(diskId);

        Assert.Equal(
            $$$"""
            {"Response":{"AccountId":"100000000001","QuotaRegion":"local","QuotaSet":[
            {"QuotaName":"disks","QuotaUsed":1,"QuotaLimit":null,"IsDefault":true},
            {"QuotaName":"snapshots","QuotaUsed":1,"QuotaLimit":128,"IsDefault":true},
            {"QuotaName":"snapshot-bytes","QuotaUsed":0,"QuotaLimit":null,"IsDefault":true},
            {"QuotaName":"policies","QuotaUsed":0,"QuotaLimit":32,"IsDefault":true},
            {"QuotaName":"tags","QuotaUsed":0,"QuotaLimit":50,"IsDefault":true}],
            "RequestId":"{{{RunningServer.RequestId}}}"}}
            """.ReplaceLineEndings(""),
            await server.SendAsync("DescribeQuotas", "{}"));
    }

    [Fact]
    public async Task A_limit_holds_as_soon_as_it_is_set()
    {
        await using var server = await RunningServer.StartAsync();
        var diskId = await server.NewDiskAsync();
        await server.CallAsync("ModifyQuota", """{"QuotaName":"snapshots","QuotaLimit":0}""");
        await server.CallAsync("ModifyQuota", """{"QuotaName":"disks","QuotaLimit":"1"}""");

        await server.AssertRefusedAsync(
            "InsufficientSnapshotQuota", "0 of 0", "CreateSnapshot", $$"""{"DiskId":"{{diskId}}"}""");
        await server.AssertRefusedAsync(
            "InvalidParameterValue.LimitExceeded", "1 of 1 disks", "CreateDisks",
            """
            {"Placement":{"Zone":"local-1"},"DiskChargeType":"POSTPAID_BY_HOUR","DiskType":"CLOUD_SSD","DiskSize":1}
            """);

        await server.CallAsync("ModifyQuota", """{"QuotaName":"snapshots","IsUnlimited":true}""");
        await server.CallAsync("ModifyQuota", """{"QuotaName":"disks"}""");
        await server.NewSnapshotAsync(diskId);
        await server.NewDiskAsync();
    }

    [Theory]
    [InlineData("ModifyQuota", "{}", "MissingParameter", "QuotaName")]
    [InlineData("ModifyQuota", """{"QuotaName":"cats","QuotaLimit":1}""", "InvalidParameterValue", "QuotaName")]
    [InlineData("ModifyQuota", """{"QuotaName":"tags","QuotaLimit":51}""", "InvalidParameterValue", "QuotaLimit")]
    [InlineData(
        "ModifyQuota", """{"QuotaName":"disks","QuotaLimit":1,"IsUnlimited":true}""", "InvalidParameter", "together")]
    [InlineData("DescribeQuotas", """{"QuotaRegion":"mars"}""", "InvalidParameterValue", "mars")]
    [InlineData("DescribeQuotas", """{"AccountId":"100000000009"}""", "ResourceNotFound.NotFound", "100000000009")]
    public async Task Each_refusal_has_its_code(string action, string body, string code, string named)
    {
        await using var server = await RunningServer.StartAsync();

        await server.AssertRefusedAsync(code, named, action, body);
    }

    [Theory]
    [InlineData("DescribeSnapshotOverview")]
    [InlineData("GetSnapOverview")]
    public async Task The_overview_is_what_was_measured_last(string action)
    {
        await using var server = await RunningServer.StartAsync();
        var diskId = await server.NewDiskAsync();
        server.Write(diskId, 0, 1, 1 << 20);
        await server.NewSnapshotAsync(diskId);
        server.Write(diskId, 0, 2, 1 << 20);

        var first = await server.SendAsync(action, "{}");
        server.Domain.Background.Start();
        var measured = first;
        const string old = "\"IsCurrent\":false";
        for (var attempt = 0; attempt < 1000 && measured.Contains(old, StringComparison.Ordinal); attempt++)
        {
            await Task.Delay(10, TestContext.Current.CancellationToken);
            measured = await server.SendAsync(action, "{}");
        }

        server.Domain.Background.Dispose();
        Assert.Equal(
            $$$"""
            {"Response":{"TotalNums":1,"TotalSize":0,"RealTradeSize":0,"FreeQuota":0,"TotalBytes":0,"IsCurrent":false,
            "MeasuredTime":"","RequestId":"{{{RunningServer.RequestId}}}"}}
            """.ReplaceLineEndings(""), first);
        Assert.Contains(
            "\"TotalNums\":1,\"TotalSize\":0.0009765625,\"RealTradeSize\":0.0009765625", measured,
            StringComparison.Ordinal);
        Assert.Contains("\"TotalBytes\":1048576,\"IsCurrent\":true", measured, StringComparison.Ordinal);
    }
}
