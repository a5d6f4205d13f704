using System.Net;
using System.Text;

namespace Tidemark.Api.Wire;

/// <summary>Splits a query string or a form body into decoded pairs.</summary>
internal static class QueryText
{
    /// <summary>More pairs than this are refused: no call of the API comes near.</summary>
    public const int PairsMax = 4096;

    /// <summary>The pairs in their order of appearance, <c>+</c> and percent escapes decoded as UTF-8.</summary>
    /// <exception cref="ApiException">There are more than <see cref="PairsMax"/> pairs.</exception>
    public static IReadOnlyList<KeyValuePair<string, string>> Parse(string text)
    {
        var pairs = new List<KeyValuePair<string, string>>();
        foreach (var range in text.AsSpan().Split('&'))
        {
            var part = text[range];
            if (part.Length == 0)
                continue;

            if (pairs.Count == PairsMax)
                throw new ApiException(ErrorCodes.InvalidParameter, $"More than {PairsMax} parameters in one request.");

            var equals = part.IndexOf('=', StringComparison.Ordinal);
            var name = equals < 0 ? part : part[..equals];
            var value = equals < 0 ? "" : part[(equals + 1)..];
            pairs.Add(new(WebUtility.UrlDecode(name), WebUtility.UrlDecode(value)));
        }

        return pairs;
    }

    /// <summary>The pairs of a form body.</summary>
    /// <exception cref="ApiException">There are more than <see cref="PairsMax"/> pairs.</exception>
    public static IReadOnlyList<KeyValuePair<string, string>> Parse(ReadOnlyMemory<byte> body) =>
        Parse(Encoding.UTF8.GetString(body.Span));
}
