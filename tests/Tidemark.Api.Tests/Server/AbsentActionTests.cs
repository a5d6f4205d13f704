using Tidemark.Api.Actions.AbsentActions;

namespace Tidemark.Api.Tests.Server;

public sealed class AbsentActionTests
{
    [Fact]
    public async Task What_has_no_meaning_here_is_refused_with_its_reason()
    {
        await using var server = await RunningServer.StartAsync();
        var refused = AbsentActionTable.Actions.Where(action => action.Name != "DescribeDiskStoragePool").ToList();

        foreach (var action in refused)
        {
            var named = $"{action.Name} is not available here: ";
            await server.AssertRefusedAsync("UnsupportedOperation", named, action.Name, "{}");
        }


        Assert.Equal(15, refused.Count);
    }

    [Fact]
    public async Task There_are_no_storage_clusters()
    {
        await using var server = await RunningServer.StartAsync();

        Assert.Equal(
            $$$"""
            {"Response":{"TotalCount":0,"CdcSet":[],"DiskStoragePoolSet":[],
            "RequestId":"{{{RunningServer.RequestId}}}"}}
            """.ReplaceLineEndings(""),
            await server.SendAsync("DescribeDiskStoragePool", """{"CdcIds":["cdc-aaaaaaaa"],"Limit":20}"""));
    }
}
