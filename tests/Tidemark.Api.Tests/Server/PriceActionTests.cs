namespace Tidemark.Api.Tests.Server;

public sealed class PriceActionTests
{
    private const string Hourly =
        """
        "ChargeUnit":"HOUR","UnitPrice":0,"UnitPriceDiscount":0,"UnitPriceHigh":"0.00","UnitPriceDiscountHigh":"0.00",
        "OriginalPrice":null,"DiscountPrice":null,"OriginalPriceHigh":null,"DiscountPriceHigh":null
        """;

    private const string Monthly =
        """
        "ChargeUnit":null,"UnitPrice":null,"UnitPriceDiscount":null,"UnitPriceHigh":null,"UnitPriceDiscountHigh":null,
        "OriginalPrice":0,"DiscountPrice":0,"OriginalPriceHigh":"0.00","DiscountPriceHigh":"0.00"
        """;

    private const string New = "\"DiskType\":\"CLOUD_SSD\",\"DiskSize\":20";

    [Theory]
    [InlineData("InquiryPriceCreateDisks", """{"DiskChargeType":"POSTPAID_BY_HOUR",NEW,"DiskCount":3}""", Hourly)]
    [InlineData(
        "InquiryPriceCreateDisks",
        """{"DiskChargeType":"PREPAID",NEW,"DiskChargePrepaid":{"Period":1},"ProjectId":0}""",
        Monthly)]
    [InlineData("InquirePriceModifyDiskBackupQuota", """{"DiskId":"UNPAID","DiskBackupQuota":2}""", Hourly)]
    [InlineData("InquirePriceModifyDiskBackupQuota", """{"DiskId":"PREPAY","DiskBackupQuota":2}""", Monthly)]
    [InlineData("InquirePriceModifyDiskExtraPerformance", """{"DiskId":"UNPAID","ThroughputPerformance":2}""", Hourly)]
    public async Task A_price_is_zero(string action, string body, string price) =>
        await AssertPriceAsync(action, body, price, "");

    [Theory]
    [InlineData("InquiryPriceResizeDisk", """{"DiskId":"UNPAID","DiskSize":30}""", Hourly)]
    [InlineData("InquiryPriceResizeDisk", """{"DiskIds":["PREPAY"],"DiskSize":30}""", Monthly)]
    [InlineData(
        "InquiryPriceRenewDisks", """{"DiskIds":["PREPAY"],"DiskChargePrepaids":[{"Period":2}]}""", Monthly)]
    [InlineData(
        "InquiryPriceRenewDisks", """{"DiskIds":["PREPAY"],"NewDeadline":"2027-01-01 00:00:00"}""", Monthly)]
    public async Task A_price_of_parts_is_zero_and_has_none(string action, string body, string price) =>
        await AssertPriceAsync(action, body, price, ",\"DetailPrices\":[]");

    [Theory]
    [InlineData(
        "InquiryPriceCreateDisks", """{"DiskChargeType":"PREPAID",NEW}""", "MissingParameter", "DiskChargePrepaid")]
    [InlineData(
        "InquiryPriceCreateDisks", """{"DiskChargeType":"FREE",NEW}""", "InvalidParameterValue", "DiskChargeType")]
    [InlineData("InquiryPriceCreateDisks", "{NEW}", "MissingParameter", "DiskChargeType")]
    [InlineData("InquiryPriceResizeDisk", """{"DiskSize":30}""", "MissingParameter", "DiskId")]
    [InlineData("InquiryPriceResizeDisk", """{"DiskId":"UNPAID","DiskSize":20}""", "InvalidParameterValue", "DiskSize")]
    [InlineData(
        "InquiryPriceResizeDisk", """{"DiskId":"UNPAID","DiskIds":["UNPAID"],"DiskSize":30}""",
        "InvalidParameter", "DiskIds")]
    [InlineData(
        "InquiryPriceResizeDisk", """{"DiskId":"disk-00000000","DiskSize":30}""",
        "InvalidDiskId.NotFound", "disk-00000000")]
    [InlineData("InquiryPriceRenewDisks", """{"DiskIds":["PREPAY"]}""", "MissingParameter", "NewDeadline")]
    [InlineData(
        "InquiryPriceRenewDisks", """{"DiskIds":["UNPAID"],"NewDeadline":"2027-01-01 00:00:00"}""",
        "InvalidDisk.NotSupported", "PREPAID")]
    [InlineData(
        "InquiryPriceRenewDisks", """{"DiskIds":["PREPAY"],"NewDeadline":"x","DiskChargePrepaids":[{"Period":1}]}""",
        "InvalidParameterValue", "together")]
    [InlineData(
        "InquirePriceModifyDiskBackupQuota", """{"DiskId":"UNPAID","DiskBackupQuota":0}""",
        "InvalidParameterValue", "DiskBackupQuota")]
    [InlineData("InquirePriceModifyDiskExtraPerformance", """{"DiskId":"UNPAID"}""", "MissingParameter", "Throughput")]
    public async Task What_could_not_be_bought_has_no_price(string action, string body, string code, string named)
    {
        await using var server = await RunningServer.StartAsync();
        body = await FillAsync(server, body);

        await server.AssertRefusedAsync(code, named, action, body);
    }

    private static async Task AssertPriceAsync(string action, string body, string price, string more)
    {
        await using var server = await RunningServer.StartAsync();

        var answer = await server.SendAsync(action, await FillAsync(server, body));

        Assert.Equal(
            "{\"Response\":{\"DiskPrice\":{" + price.ReplaceLineEndings("") + more
                + $"}},\"RequestId\":\"{RunningServer.RequestId}\"}}}}",
            more.Length == 0 ? answer : Reordered(answer));
    }

    // The parts may stand before or after the sums.
    private static string Reordered(string answer) => answer
        .Replace("{\"DetailPrices\":[],", "{", StringComparison.Ordinal) is var without && without != answer
        ? without.Replace("},\"RequestId\"", ",\"DetailPrices\":[]},\"RequestId\"", StringComparison.Ordinal)
        : answer;

    private static async Task<string> FillAsync(RunningServer server, string body)
    {
        var hourly = await server.NewDiskAsync(20);
        var created = await server.CallAsync("CreateDisks", $$"""
            {"Placement":{"Zone":"local-1"},"DiskChargeType":"PREPAID","DiskChargePrepaid":{"Period":1},{{New}}}
            """);
        return body.Replace("NEW", New, StringComparison.Ordinal).Replace("UNPAID", hourly)
            .Replace("PREPAY", created.GetProperty("DiskIdSet")[0].GetString());
    }
}
