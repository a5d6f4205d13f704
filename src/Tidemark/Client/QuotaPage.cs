using System.Text.Json;

namespace Tidemark.Client;

/// <summary>The answer to DescribeQuotas.</summary>
/// <param name="QuotaSet">The quotas, all members.</param>
internal sealed record QuotaPage(IReadOnlyList<JsonElement> QuotaSet);
