using System.Reflection;

namespace Tidemark.Api;

/// <summary>The version of the program, as it shows itself to others.</summary>
internal static class ProgramVersion
{
    /// <summary>The version, without the source's hash.</summary>
    public static string Text { get; } = Read();

    private static string Read()
    {
        var assembly = typeof(ProgramVersion).Assembly;
        var text = assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0";
        var plus = text.IndexOf('+', StringComparison.Ordinal);
        return plus < 0 ? text : text[..plus];
    }
}
