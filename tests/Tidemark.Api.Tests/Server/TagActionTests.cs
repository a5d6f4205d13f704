using System.Text.Json;

namespace Tidemark.Api.Tests.Server;

public sealed class TagActionTests
{
    [Fact]
    public async Task Labels_agree_with_those_of_the_disk()
    {
        await using var server = await RunningServer.StartAsync();
        var diskId = await NewDiskAsync(server, ("a", "1"), ("b", "2"));

        await server.CallAsync("ModifyResourceTags", $$"""
            {"Resource":"qcs::cvm:local:uin/:volume/{{diskId}}","ReplaceTags":[{"TagKey":"b","TagValue":"3"},
            {"TagKey":"团队","TagValue":""}],"DeleteTags":[{"TagKey":"a"},{"TagKey":"never"}]}
            """);

        var disk = (await server.CallAsync("DescribeDisks", "{}")).GetProperty("DiskSet")[0];
        Assert.Equal(
            """[{"Key":"b","Value":"3"},{"Key":"团队","Value":""}]""", disk.GetProperty("Tags").GetRawText());
        var labels = await server.CallAsync("DescribeResourceTagsByResourceIds", ByIds("volume", diskId));
        Assert.Equal(2, labels.GetProperty("TotalCount").GetInt32());
        Assert.Equal(15, labels.GetProperty("Limit").GetInt32());
        var first = labels.GetProperty("Tags")[0];
        Assert.Equal(
            (diskId, "b", "3", "cvm"),
            (first.GetProperty("ResourceId").GetString(), first.GetProperty("TagKey").GetString(),
                first.GetProperty("TagValue").GetString(), first.GetProperty("ServiceType").GetString()));
        Assert.Equal("92eb5ffee6ae2fec3ad71c777531578f", first.GetProperty("TagKeyMd5").GetString());
    }

    [Fact]
    public async Task Pages_follow_the_offset()
    {
        await using var server = await RunningServer.StartAsync();
        var tags = Enumerable.Range(0, 20).Select(i => ($"k{i:00}", $"v{i}")).ToArray();
        var diskId = await NewDiskAsync(server, tags);

        var first = await server.CallAsync(
            "DescribeResourceTagsByResourceIds", ByIds("volume", diskId, ",\"Limit\":20,\"Offset\":0"));
        var second = await server.CallAsync(
            "DescribeResourceTagsByResourceIds", ByIds("volume", diskId, ",\"Limit\":20,\"Offset\":20"));
        var middle = await server.CallAsync(
            "DescribeResourceTagsByResourceIds", ByIds("volume", diskId, ",\"Limit\":5,\"Offset\":10"));

        Assert.Equal(20, first.GetProperty("Tags").GetArrayLength());
        Assert.Equal(0, second.GetProperty("Tags").GetArrayLength());
        Assert.Equal(20, second.GetProperty("TotalCount").GetInt32());
        Assert.Equal("k10", middle.GetProperty("Tags")[0].GetProperty("TagKey").GetString());
        await server.AssertRefusedAsync(
            "InvalidParameterValue.OffsetInvalid", "multiple", "DescribeResourceTagsByResourceIds",
            ByIds("volume", diskId, ",\"Limit\":5,\"Offset\":7"));
    }

    [Fact]
    public async Task Other_products_and_kinds_have_no_labels_here()
    {
        await using var server = await RunningServer.StartAsync();
        await NewDiskAsync(server, ("a", "1"));

        var cluster = await server.CallAsync("DescribeResourceTagsByResourceIds", """
            {"ServiceType":"ccs","ResourcePrefix":"cluster","ResourceIds":["cls-1"],"ResourceRegion":"local"}
            """);
        var all = await server.CallAsync("DescribeResourceTags", """{"ServiceType":"cos"}""");

        Assert.Equal(0, cluster.GetProperty("TotalCount").GetInt32());
        Assert.Equal("[]", cluster.GetProperty("Tags").GetRawText());
        Assert.Equal("[]", all.GetProperty("Rows").GetRawText());
    }

    [Fact]
    public async Task A_label_is_attached_to_many_and_detached_again()
    {
        await using var server = await RunningServer.StartAsync();
        var one = await NewDiskAsync(server);
        var two = await NewDiskAsync(server, ("team", "old"));
        var attach = $$"""
            {"ServiceType":"cvm","ResourcePrefix":"volume","ResourceRegion":"local","ResourceIds":["{{one}}","{{two}}"],
            "TagKey":"team","TagValue":"new"}
            """;

        await server.CallAsync("AttachResourcesTag", attach);
        var found = await server.CallAsync(
            "DescribeResourcesByTags", """{"TagFilters":[{"TagKey":"team","TagValue":["new"]}]}""");
        await server.CallAsync("DetachResourcesTag", attach);
        var left = await server.CallAsync("DescribeResourceTags", "{}");

        Assert.Equal(2, found.GetProperty("TotalCount").GetInt32());
        Assert.Equal("volume", found.GetProperty("Rows")[0].GetProperty("ResourcePrefix").GetString());
        Assert.Equal(
            """[{"TagKey":"team","TagValue":"new"}]""", found.GetProperty("Rows")[0].GetProperty("Tags").GetRawText());
        Assert.Equal(0, left.GetProperty("TotalCount").GetInt32());
    }

    [Fact]
    public async Task One_bad_resource_leaves_all_as_they_were()
    {
        await using var server = await RunningServer.StartAsync();
        var diskId = await NewDiskAsync(server);

        await server.AssertRefusedAsync(
            "InvalidParameterValue.ResourceIdInvalid", "disk-zzzzzzzz", "AttachResourcesTag", $$"""
            {"ServiceType":"cvm","ResourcePrefix":"volume","ResourceRegion":"local",
            "ResourceIds":["{{diskId}}","disk-zzzzzzzz"],"TagKey":"team","TagValue":"new"}
            """);

        Assert.Equal(0, (await server.CallAsync("DescribeTags", "{}")).GetProperty("TotalCount").GetInt32());
    }

    [Fact]
    public async Task Many_resources_are_labelled_each_for_itself()
    {
        await using var server = await RunningServer.StartAsync();
        var diskId = await NewDiskAsync(server);
        var snapshotId = await server.NewSnapshotAsync(diskId);
        var list = $$"""
            ["qcs::cvm:local:uin/{{SentAs.First.AccountId}}:volume/{{diskId}}",
            "qcs::cvm:local:uin/:snapshot/{{snapshotId}}",
            "qcs::cvm:local:uin/:volume/disk-zzzzzzzz","nonsense"]
            """;

        var tagged = await server.CallAsync(
            "TagResources", $$"""{"ResourceList":{{list}},"Tags":[{"TagKey":"a","TagValue":"1"}]}""");
        var resources = await server.CallAsync("GetResources", """{"MaxResults":1}""");
        var next = resources.GetProperty("PaginationToken").GetString();
        var rest = await server.CallAsync("GetResources", $$"""{"MaxResults":1,"PaginationToken":"{{next}}"}""");
        var untagged = await server.CallAsync("UnTagResources", $$"""{"ResourceList":{{list}},"TagKeys":["a"]}""");

        Assert.Equal(
            ["InvalidParameterValue.ResourceIdInvalid", "InvalidParameterValue.ResourceDescriptionError"],
            tagged.GetProperty("FailedResources").EnumerateArray().Select(row => row.GetProperty("Code").GetString()));
        Assert.Equal(
            $$"""[{"Resource":"qcs::cvm:local:uin/{{SentAs.First.AccountId}}:volume/{{diskId}}","""
                + "\"Tags\":[{\"TagKey\":\"a\",\"TagValue\":\"1\"}]}]",
            resources.GetProperty("ResourceTagMappingList").GetRawText());
        Assert.Contains(snapshotId, rest.GetRawText());
        Assert.Equal("", rest.GetProperty("PaginationToken").GetString());
        Assert.Equal(2, untagged.GetProperty("FailedResources").GetArrayLength());
        Assert.Equal("[]", (await server.CallAsync("GetTagKeys", "{}")).GetProperty("TagKeys").GetRawText());
    }

    [Fact]
    public async Task Keys_and_values_are_listed_once()
    {
        await using var server = await RunningServer.StartAsync();
        await NewDiskAsync(server, ("a", "1"), ("b", "2"));
        await NewDiskAsync(server, ("a", "1"), ("b", "3"));

        var tags = await server.CallAsync("DescribeTags", """{"Limit":2}""");
        var keys = await server.CallAsync("DescribeTagKeys", "{}");
        var values = await server.CallAsync("DescribeTagValues", """{"TagKeys":["b"]}""");
        var pairs = await server.CallAsync("GetTags", """{"TagKeys":["a"]}""");
        var more = await server.CallAsync("GetTagValues", """{"TagKeys":["b"],"MaxResults":1}""");
        var one = await server.CallAsync("DescribeTags", """{"TagKey":"b","TagValue":"3"}""");

        Assert.Equal(3, tags.GetProperty("TotalCount").GetInt32());
        Assert.Equal(2, tags.GetProperty("Tags").GetArrayLength());
        Assert.Equal("""{"TagKey":"a","TagValue":"1","CanDelete":0}""", tags.GetProperty("Tags")[0].GetRawText());
        Assert.Equal("""["a","b"]""", keys.GetProperty("Tags").GetRawText());
        Assert.Equal(
            """[{"TagKey":"b","TagValue":"2"},{"TagKey":"b","TagValue":"3"}]""",
            values.GetProperty("Tags").GetRawText());
        Assert.Equal("""[{"TagKey":"a","TagValue":"1"}]""", pairs.GetProperty("Tags").GetRawText());
        Assert.Equal("1", more.GetProperty("PaginationToken").GetString());
        Assert.Equal(1, one.GetProperty("TotalCount").GetInt32());
    }

    [Theory]
    [InlineData("nonsense", "", "InvalidParameterValue.ResourceDescriptionError", "nonsense")]
    [InlineData("qcs::cos:local:uin/:volume/disk-aaaaaaaa", "", "InvalidParameterValue.ServiceTypeInvalid", "cos")]
    [InlineData("qcs::cvm:x:uin/:volume/disk-aaaaaaaa", "", "InvalidParameterValue.RegionInvalid", "x")]
    [InlineData("qcs::cvm:local:uin/:jar/disk-aaaaaaaa", "", "InvalidParameterValue.ResourcePrefixInvalid", "jar")]
    [InlineData("qcs::cvm:local:uin/:volume/disk-aaaaaaaa", "", "InvalidParameterValue.ResourceIdInvalid", "aaaaaaaa")]
    [InlineData("qcs::cvm:local:uin/:volume/snap-aaaaaaaa", "", "InvalidParameterValue.ResourceIdInvalid", "snap")]
    [InlineData("DISK", "{\"TagKey\":\"\"}", "InvalidParameterValue.TagKeyEmpty", "empty")]
    [InlineData("DISK", "{\"TagKey\":\"a*\"}", "InvalidParameterValue.TagKeyCharacterIllegal", "U+002A")]
    [InlineData("DISK", "{\"TagKey\":\"qcs:x\"}", "InvalidParameterValue.ReservedTagKey", "qcs:")]
    [InlineData("DISK", "{\"TagKey\":\"project:x\"}", "InvalidParameterValue.ReservedTagKey", "project:")]
    [InlineData("DISK", "{\"TagKey\":\"a\"},{\"TagKey\":\"a\"}", "InvalidParameterValue.TagKeyDuplicate", "twice")]
    [InlineData("DISK", "{\"TagKey\":\"gone\"}", "InvalidParameterValue.DeleteTagsParamError", "gone")]
    [InlineData(
        "DISK", "{\"TagKey\":\"a\",\"TagValue\":\"a\\tb\"}", "InvalidParameterValue.TagValueCharacterIllegal", "9")]
    public async Task Rules_of_labels_have_codes_of_their_own(string resource, string tags, string code, string named)
    {
        await using var server = await RunningServer.StartAsync();
        var diskId = await NewDiskAsync(server);
        resource = resource == "DISK" ? $"qcs::cvm:local:uin/:volume/{diskId}" : resource;
        var replaced = tags.Length > 0 ? tags : "{\"TagKey\":\"a\"}";

        await server.AssertRefusedAsync(code, named, "ModifyResourceTags", $$"""
            {"Resource":"{{resource}}","ReplaceTags":[{{replaced}}],"DeleteTags":[{"TagKey":"gone"}]}
            """);
    }

    [Fact]
    public async Task A_key_is_short_and_labels_are_few()
    {
        await using var server = await RunningServer.StartAsync();
        var diskId = await NewDiskAsync(server, [.. Enumerable.Range(0, 50).Select(i => ($"k{i}", "v"))]);

        await server.AssertRefusedAsync(
            "InvalidParameterValue.TagKeyLengthExceeded", "127", "ModifyResourceTags",
            Replace(diskId, new string('k', 128), "v"));
        await server.AssertRefusedAsync(
            "InvalidParameterValue.TagValueLengthExceeded", "255", "ModifyResourceTags",
            Replace(diskId, "k0", new string('v', 256)));
        await server.AssertRefusedAsync(
            "LimitExceeded.ResourceAttachedTags", "51", "ModifyResourceTags", Replace(diskId, "k50", "v"));
        await server.CallAsync("ModifyResourceTags", Replace(diskId, "k0", "w"));
        await server.AssertRefusedAsync(
            "MissingParameter", "ReplaceTags", "ModifyResourceTags",
            $$"""{"Resource":"qcs::cvm:local:uin/:volume/{{diskId}}"}""");
    }

    [Fact]
    public async Task Tools_may_send_any_region_or_none()
    {
        await using var server = await RunningServer.StartAsync();
        var diskId = await NewDiskAsync(server, ("a", "1"));

        var labels = await server.CallAsync(
            SentAs.First with { Region = "" }, "DescribeResourceTagsByResourceIds", ByIds("volume", diskId));

        Assert.Equal(1, labels.GetProperty("TotalCount").GetInt32());
    }

    private static string Replace(string diskId, string key, string value) => $$"""
        {"Resource":"qcs::cvm:local:uin/:volume/{{diskId}}","ReplaceTags":[{"TagKey":"{{key}}","TagValue":"{{value}}"}]}
        """;

    private static string ByIds(string prefix, string id, string more = "") => $$"""
        {"ServiceType":"cvm","ResourcePrefix":"{{prefix}}","ResourceIds":["{{id}}"],"ResourceRegion":"local"{{more}}}
        """;

    private static Task<string> NewDiskAsync(RunningServer server, params (string Key, string Value)[] tags)
    {
        var list = tags.Select(tag => JsonSerializer.Serialize(new { tag.Key, tag.Value }));
        return server.NewDiskAsync(more: $",\"Tags\":[{string.Join(',', list)}]");
    }
}
