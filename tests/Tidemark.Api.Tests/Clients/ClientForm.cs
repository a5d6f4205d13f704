using System.Globalization;
using System.Text;

namespace Tidemark.Api.Tests.Clients;

/// <summary>How a client writes names and values into a query or a form.</summary>
/// <param name="Blank">What stands for a blank: <c>+</c> or <c>%20</c>.</param>
/// <param name="Unescaped">The characters, besides letters and digits, that stay as they are.</param>
/// <param name="True">What stands for true.</param>
internal sealed record ClientForm(string Blank, string Unescaped, string True)
{
    /// <summary>The pairs, escaped and joined.</summary>
    public string Write(IEnumerable<(string Name, string Value)> pairs) =>
        string.Join('&', pairs.Select(pair => $"{pair.Name}={Escape(pair.Value)}"));

    private string Escape(string value)
    {
        var text = new StringBuilder();
        foreach (var letter in Encoding.UTF8.GetBytes(value))
        {
            if (letter == ' ')
                text.Append(Blank);
            else if (char.IsAsciiLetterOrDigit((char)letter) || Unescaped.Contains((char)letter))
                text.Append((char)letter);
            else
                text.Append(CultureInfo.InvariantCulture, $"%{letter:X2}");
        }

        return text.ToString();
    }
}
