using System.Text.Json;

namespace Tidemark.Api.Tests.Server;

public sealed class PolicyActionTests
{
    // It is Sunday, 2026-11-22 19:36:35 on UTC+8.
    private const string Nightly = """{"Policy":[{"DayOfWeek":[6,5],"Hour":[7]}]""";

    [Fact]
    public async Task A_new_policy_is_listed_at_once_with_every_member()
    {
        await using var server = await RunningServer.StartAsync();
        var diskId = await server.NewDiskAsync();

        var created = await server.CallAsync(
            "CreateAutoSnapshotPolicy", Nightly + ""","AutoSnapshotPolicyName":"夜","RetentionDays":20}""");
        var id = created.GetProperty("AutoSnapshotPolicyId").GetString()!;
        await server.CallAsync(
            "BindAutoSnapshotPolicy", $$"""{"AutoSnapshotPolicyId":"{{id}}","DiskIds":["{{diskId}}"]}""");
        var listed = await server.SendAsync(
            "DescribeAutoSnapshotPolicies", $$"""{"AutoSnapshotPolicyIds":["{{id}}"],"Offset":0,"Limit":20}""");

        Assert.Matches("^asp-[a-z0-9]{8}$", id);
        Assert.Equal("2026-11-27 07:00:00", created.GetProperty("NextTriggerTime").GetString());
        Assert.Equal(
            $$$"""
            {"Response":{"TotalCount":1,"AutoSnapshotPolicySet":[{"AutoSnapshotPolicyId":"{{{id}}}",
            "AutoSnapshotPolicyName":"夜","AutoSnapshotPolicyState":"NORMAL","IsActivated":true,
            "Policy":[{"DayOfWeek":[6,5],"Hour":[7]}],"NextTriggerTime":"2026-11-27 07:00:00","IsPermanent":false,
            "RetentionDays":20,"RetentionMonths":0,"RetentionAmount":0,"AdvancedRetentionPolicy":null,
            "DiskIdSet":["{{{diskId}}}"],"InstanceIdSet":[],"IsCopyToRemote":0,"CopyToAccountUin":null,
            "CopyFromAccountUin":null,"CreateTime":"2026-11-22 19:36:35","Tags":[],"LastTriggerTime":"",
            "FailureCount":0,"SuspendReason":"","Description":"Every Friday and Saturday at 07:00 (UTC+8).
             Each snapshot stays for 20 days."}],"RequestId":"{{{RunningServer.RequestId}}}"}}
            """.ReplaceLineEndings(""),
            listed);
    }

    [Fact]
    public async Task A_dry_run_answers_only_when_it_would_begin()
    {
        await using var server = await RunningServer.StartAsync();

        var answer = await server.SendAsync(
            "CreateAutoSnapshotPolicy", """{"Policy":[{"IntervalDays":3,"Hour":[20,2]}],"DryRun":"TRUE"}""");

        Assert.Equal(
            $$$"""{"Response":{"NextTriggerTime":"2026-11-22 20:00:00","RequestId":"{{{RunningServer.RequestId}}}"}}""",
            answer);
        Assert.Equal(0, (await DescribeAsync(server)).GetProperty("TotalCount").GetInt32());
    }

    [Fact]
    public async Task Entries_show_only_the_days_that_count_and_retention_its_one_way()
    {
        await using var server = await RunningServer.StartAsync();
        await server.CallAsync("CreateAutoSnapshotPolicy", """
            {"Policy":[{"Hour":[1],"DayOfMonth":[31,1],"IntervalDays":4},{"Hour":["2"],"IntervalDays":"4"}],
            "IsActivated":false,"AdvancedRetentionPolicy":{"Days":7,"Weeks":4},"Tags":[{"Key":"k","Value":"v"}]}
            """);

        var policy = (await DescribeAsync(server)).GetProperty("AutoSnapshotPolicySet")[0];

        Assert.Equal(
            """[{"DayOfMonth":[31,1],"Hour":[1]},{"IntervalDays":4,"Hour":[2]}]""",
            policy.GetProperty("Policy").GetRawText());
        Assert.Equal(
            """{"Days":7,"Weeks":4,"Months":0,"Years":0}""",
            policy.GetProperty("AdvancedRetentionPolicy").GetRawText());
        Assert.Equal(0, policy.GetProperty("RetentionDays").GetInt32());
        Assert.Equal("", policy.GetProperty("NextTriggerTime").GetString());
        Assert.Equal("unnamed", policy.GetProperty("AutoSnapshotPolicyName").GetString());
        Assert.Equal("""[{"Key":"k","Value":"v"}]""", policy.GetProperty("Tags").GetRawText());
    }

    [Fact]
    public async Task A_policy_is_changed_in_part()
    {
        await using var server = await RunningServer.StartAsync();
        var id = await NewPolicyAsync(server);
        var about = $$"""{"AutoSnapshotPolicyId":"{{id}}" """;

        await server.CallAsync("ModifyAutoSnapshotPolicyAttribute", about + ""","AutoSnapshotPolicyName":"n"}""");
        await server.CallAsync(
            "ModifyAutoSnapshotPolicyAttribute", about + ""","Policy":[{"DayOfWeek":[0],"Hour":[23]}]}""");
        await server.CallAsync("ModifyAutoSnapshotPolicyAttribute", about + ""","IsPermanent":true}""");

        var policy = (await DescribeAsync(server)).GetProperty("AutoSnapshotPolicySet")[0];
        Assert.Equal("n", policy.GetProperty("AutoSnapshotPolicyName").GetString());
        Assert.Equal("2026-11-22 23:00:00", policy.GetProperty("NextTriggerTime").GetString());
        Assert.True(policy.GetProperty("IsPermanent").GetBoolean());
        Assert.Equal(0, policy.GetProperty("RetentionDays").GetInt32());
        await server.AssertRefusedAsync(
            "InvalidParameter",
            "RetentionDays",
            "ModifyAutoSnapshotPolicyAttribute",
            about + ""","IsPermanent":true,"RetentionDays":3}""");
    }

    [Fact]
    public async Task The_policies_of_a_disk_are_listed_without_their_disks()
    {
        await using var server = await RunningServer.StartAsync();
        var diskId = await server.NewDiskAsync();
        var (bound, _) = (await NewPolicyAsync(server), await NewPolicyAsync(server));
        var names = $$"""{"AutoSnapshotPolicyId":"{{bound}}","DiskIds":["{{diskId}}"]}""";
        await server.CallAsync("BindAutoSnapshotPolicy", names);

        var listed = await OfDiskAsync(server, diskId);

        Assert.Equal(1, listed.GetProperty("TotalCount").GetInt32());
        var policy = listed.GetProperty("AutoSnapshotPolicySet")[0];
        Assert.Equal(bound, policy.GetProperty("AutoSnapshotPolicyId").GetString());
        Assert.Equal(0, policy.GetProperty("DiskIdSet").GetArrayLength());
        await server.AssertRefusedAsync("InvalidDisk.AlreadyBound", diskId, "BindAutoSnapshotPolicy", names);
        await server.CallAsync("UnbindAutoSnapshotPolicy", names);
        await server.CallAsync("UnbindAutoSnapshotPolicy", names);
        Assert.Equal(0, (await OfDiskAsync(server, diskId)).GetProperty("TotalCount").GetInt32());
        Assert.Equal(0, (await OfDiskAsync(server, "disk-00000000")).GetProperty("TotalCount").GetInt32());
    }

    [Fact]
    public async Task Policies_are_deleted_all_or_none()
    {
        await using var server = await RunningServer.StartAsync();
        var id = await NewPolicyAsync(server);

        await server.AssertRefusedAsync(
            "InvalidAutoSnapshotPolicyId.NotFound",
            "asp-00000000",
            "DeleteAutoSnapshotPolicies",
            $$"""{"AutoSnapshotPolicyIds":["{{id}}","asp-00000000"]}""");
        Assert.Equal(1, (await DescribeAsync(server)).GetProperty("TotalCount").GetInt32());
        await server.CallAsync("DeleteAutoSnapshotPolicies", $$"""{"AutoSnapshotPolicyIds":["{{id}}"]}""");

        Assert.Equal(0, (await DescribeAsync(server)).GetProperty("TotalCount").GetInt32());
    }

    [Fact]
    public async Task The_thirty_third_policy_is_refused()
    {
        await using var server = await RunningServer.StartAsync();
        for (var number = 0; number < 32; number++)
            await NewPolicyAsync(server);

        await server.AssertRefusedAsync(
            "LimitExceeded.AutoSnapshotPolicyOutOfQuota", "32 of 32", "CreateAutoSnapshotPolicy", Nightly + "}");
        var page = await server.CallAsync("DescribeAutoSnapshotPolicies", "{}");
        Assert.Equal(32, page.GetProperty("TotalCount").GetInt32());
        Assert.Equal(20, page.GetProperty("AutoSnapshotPolicySet").GetArrayLength());
        var beyond = await server.CallAsync("DescribeAutoSnapshotPolicies", """{"Offset":100,"Limit":100}""");
        Assert.Equal(0, beyond.GetProperty("AutoSnapshotPolicySet").GetArrayLength());
    }

    [Fact]
    public async Task A_forecast_tells_each_day()
    {
        await using var server = await RunningServer.StartAsync();

        var forecast = await server.CallAsync(
            "DescribePolicyForecast",
            """{"Policy":[{"IntervalDays":1,"Hour":[3]}],"RetentionAmount":2,"Days":4}""");

        Assert.Equal("2026-11-22T19:00:00.000Z", forecast.GetProperty("NextTriggerTimeSet")[0].GetString());
        Assert.Equal(10, forecast.GetProperty("NextTriggerTimeSet").GetArrayLength());
        var days = forecast.GetProperty("DaySet");
        Assert.Equal(
            """{"Date":"2026-11-22","MadeSet":[],"DroppedSet":[],"KeptCount":0}""", days[0].GetRawText());
        Assert.Equal(
            """
            {"Date":"2026-11-25","MadeSet":[{"SnapshotId":null,"Time":"2026-11-24T19:00:00.000Z"}],
            "DroppedSet":[{"SnapshotId":null,"Time":"2026-11-22T19:00:00.000Z"}],"KeptCount":2}
            """.ReplaceLineEndings(""),
            days[3].GetRawText());
        Assert.Equal(2, forecast.GetProperty("KeptSet").GetArrayLength());
    }

    [Theory]
    [InlineData("MissingParameter", "Policy", "CreateAutoSnapshotPolicy", "{}")]
    [InlineData("MissingParameter", "Hour", "CreateAutoSnapshotPolicy", """{"Policy":[{"DayOfWeek":[1]}]}""")]
    [InlineData("MissingParameter", "DayOfWeek", "CreateAutoSnapshotPolicy", """{"Policy":[{"Hour":[1]}]}""")]
    [InlineData("InvalidParameterValue", "Hour", "CreateAutoSnapshotPolicy",
        """{"Policy":[{"Hour":[99999999999],"DayOfWeek":[1]}]}""")]
    [InlineData("InvalidParameterValue", "Policy", "CreateAutoSnapshotPolicy", """{"Policy":{}}""")]
    [InlineData("InvalidParameterValue.LimitExceeded", "DayOfWeek", "CreateAutoSnapshotPolicy",
        """{"Policy":[{"Hour":[1],"DayOfWeek":[0,1,2,3,4,5,6,0]}]}""")]
    [InlineData("InvalidParameterValue", "RetentionDays", "CreateAutoSnapshotPolicy",
        """{"Policy":[{"Hour":[1],"DayOfWeek":[1]}],"IsPermanent":true,"RetentionDays":1}""")]
    [InlineData("InvalidFilter", "zone", "DescribeAutoSnapshotPolicies",
        """{"Filters":[{"Name":"zone","Values":["a"]}]}""")]
    [InlineData("InvalidParameter", "Filters", "DescribeAutoSnapshotPolicies",
        """{"AutoSnapshotPolicyIds":["asp-00000000"],"Filters":[{"Name":"tag-key","Values":["a"]}]}""")]
    [InlineData("InvalidParameterValue", "Limit", "DescribeAutoSnapshotPolicies", """{"Limit":101}""")]
    [InlineData("MissingParameter", "AutoSnapshotPolicyId", "ModifyAutoSnapshotPolicyAttribute", "{}")]
    [InlineData("InvalidAutoSnapshotPolicyId.NotFound", "asp-00000000", "ModifyAutoSnapshotPolicyAttribute",
        """{"AutoSnapshotPolicyId":"asp-00000000"}""")]
    [InlineData("MissingParameter", "AutoSnapshotPolicyIds", "DeleteAutoSnapshotPolicies", "{}")]
    [InlineData("InvalidParameterValue", "asp-", "DeleteAutoSnapshotPolicies", """{"AutoSnapshotPolicyIds":["x"]}""")]
    [InlineData("MissingParameter", "DiskIds", "BindAutoSnapshotPolicy",
        """{"AutoSnapshotPolicyId":"asp-00000000"}""")]
    [InlineData("InvalidAutoSnapshotPolicyId.NotFound", "asp-00000000", "BindAutoSnapshotPolicy",
        """{"AutoSnapshotPolicyId":"asp-00000000","DiskIds":["disk-00000000"]}""")]
    [InlineData("MissingParameter", "InstanceIds", "UnbindAutoSnapshotPolicy",
        """{"AutoSnapshotPolicyId":"asp-00000000"}""")]
    [InlineData("InvalidParameterValue", "InstanceIds", "UnbindAutoSnapshotPolicy",
        """{"AutoSnapshotPolicyId":"asp-00000000","InstanceIds":["x"]}""")]
    [InlineData("MissingParameter", "DiskId", "DescribeDiskAssociatedAutoSnapshotPolicy", "{}")]
    [InlineData("InvalidParameterValue", "DiskId", "DescribeDiskAssociatedAutoSnapshotPolicy", """{"DiskId":"x"}""")]
    [InlineData("MissingParameter", "Policy", "DescribePolicyForecast", "{}")]
    public async Task Wrong_requests_are_refused(string code, string named, string action, string body)
    {
        await using var server = await RunningServer.StartAsync();

        await server.AssertRefusedAsync(code, named, action, body);
    }

    [Fact]
    public async Task A_disk_that_is_not_there_is_not_bound()
    {
        await using var server = await RunningServer.StartAsync();
        var id = await NewPolicyAsync(server);
        var names = $$"""{"AutoSnapshotPolicyId":"{{id}}","DiskIds":["disk-00000000"]}""";

        await server.AssertRefusedAsync("InvalidDiskId.NotFound", "disk-00000000", "BindAutoSnapshotPolicy", names);
        await server.AssertRefusedAsync("InvalidDiskId.NotFound", "disk-00000000", "UnbindAutoSnapshotPolicy", names);
    }

    private static async Task<string> NewPolicyAsync(RunningServer server)
    {
        var created = await server.CallAsync("CreateAutoSnapshotPolicy", Nightly + "}");
        return created.GetProperty("AutoSnapshotPolicyId").GetString()!;
    }

    private static Task<JsonElement> DescribeAsync(RunningServer server) =>
        server.CallAsync("DescribeAutoSnapshotPolicies", "{}");

    private static Task<JsonElement> OfDiskAsync(RunningServer server, string diskId) => server.CallAsync(
        "DescribeDiskAssociatedAutoSnapshotPolicy", $$"""{"DiskId":"{{diskId}}"}""");
}
