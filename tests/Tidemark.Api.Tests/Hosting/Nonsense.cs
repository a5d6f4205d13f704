using System.Text;

namespace Tidemark.Api.Tests.Hosting;

/// <summary>Seeded request bodies that are mostly JSON and seldom right.</summary>
internal static class Nonsense
{
    private static readonly string[] Values =
    [
        "null", "true", "-1", "0", "1e999", "99999999999999999999", "\"\"", "\"\\ud800\"", "\"disk-00000000\"",
        "[]", "{}", "[null]", "[[\"a\"]]", "{\"0\":\"a\"}", "\"2030-01-01T00:00:00Z\"", "\"夜\\u0000\"",
        "[{\"Name\":\"zone\",\"Values\":[]}]",
    ];

    private static readonly string[] Members =
    [
        "DiskIds", "SnapshotIds", "DiskId", "SnapshotId", "Filters", "Limit", "Offset", "Placement", "DiskType", "Tags",
        "Order", "DiskChargeType", "DiskSize", "DiskCount", "Deadline", "ClientToken", "Shareable", "DeleteSnapshot",
        "MaxResults", "JobIds",
    ];

    /// <summary>The next body.</summary>
    public static byte[] Body(Random random)
    {
        if (random.Next(4) == 0)
        {
            var noise = new byte[random.Next(200)];
            random.NextBytes(noise);
            return noise;
        }

        var members = Enumerable.Range(0, random.Next(6))
            .Select(_ => $"\"{Members[random.Next(Members.Length)]}\":{Values[random.Next(Values.Length)]}");
        var text = "{" + string.Join(',', members) + "}";
        return Encoding.UTF8.GetBytes(random.Next(5) == 0 ? text[..random.Next(text.Length)] : text);
    }
}
