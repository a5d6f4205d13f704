using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Tidemark.Catalog;
using Tidemark.Catalog.Schema;

namespace Tidemark.Disks;

/// <summary>
/// Remembers which disks a client token stands for. The ids are written before the first disk is made, so a request
/// that is repeated after a crash finishes the same disks instead of making more.
/// </summary>
internal static class ClientTokens
{
    /// <summary>What a token stands for, or null.</summary>
    public static ClientToken? Find(CatalogReader reader, string token)
    {
        var row = reader.First<Row>("SELECT * FROM client_tokens WHERE token = @token", new { token });
        return row is null
            ? null
            : new ClientToken(
                row.Token, row.ContentHash, JsonSerializer.Deserialize<string[]>(row.DiskIds) ?? [], row.IsComplete);
    }

    /// <summary>Writes what a token stands for.</summary>
    public static void Put(SqlTransaction transaction, ClientToken token, DateTimeOffset now) => transaction.Put(
        CatalogTables.ClientTokens,
        token.Token, token.ContentHash, JsonSerializer.Serialize(token.DiskIds), token.IsComplete,
        now.ToUnixTimeMilliseconds());

    /// <summary>Forgets a token.</summary>
    public static void Delete(SqlTransaction transaction, string token) =>
        transaction.Delete(CatalogTables.ClientTokens, token);

    /// <summary>Tokens made before a time, at most <paramref name="countMax"/>.</summary>
    public static IReadOnlyList<string> Before(CatalogReader reader, DateTimeOffset time, int countMax) =>
        reader.Query<string>(
            "SELECT token FROM client_tokens WHERE created_ms < @time LIMIT @countMax",
            new { time = time.ToUnixTimeMilliseconds(), countMax });

    /// <summary>A hash of everything that a request asks for, whatever order its labels have.</summary>
    public static string HashOf(CreateDisksRequest request)
    {
        var text = new StringBuilder();
        foreach (var part in new object?[]
        {
            request.Zone, request.ProjectId, request.DiskChargeType, request.DiskType, request.DiskName,
            request.DiskSize, request.DiskCount, request.SnapshotId, request.PrepaidPeriod, request.RenewFlag,
            request.ThroughputPerformance, request.BurstPerformance, request.DeleteSnapshot,
        })
            AppendPart(text, part);
        var tags = (request.Tags ?? []).OrderBy(tag => tag.Key, StringComparer.Ordinal)
            .ThenBy(tag => tag.Value, StringComparer.Ordinal);
        foreach (var tag in tags)
        {
            AppendPart(text, tag.Key);
            AppendPart(text, tag.Value);
        }

        // Tokens are remembered over an upgrade: what older requests could not say counts only when it is said.
        if (request.DiskBackupQuota is { } quota)
            AppendPart(text, quota);

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    // The length before each part keeps two lists of parts from giving one text.
    private static void AppendPart(StringBuilder text, object? part)
    {
        var value = Convert.ToString(part, CultureInfo.InvariantCulture);
        text.Append(CultureInfo.InvariantCulture, $"{value?.Length ?? -1}:{value};");
    }

    private sealed class Row
    {
        public string Token { get; init; } = string.Empty;

        public string ContentHash { get; init; } = string.Empty;

        public string DiskIds { get; init; } = string.Empty;

        public bool IsComplete { get; init; }
    }
}
