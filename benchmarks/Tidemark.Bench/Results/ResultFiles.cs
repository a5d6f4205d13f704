using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tidemark.Bench.Results;

/// <summary>The sections' results in a folder, a JSON file for each.</summary>
/// <param name="folder">The folder.</param>
internal sealed class ResultFiles(string folder)
{
    private static readonly JsonSerializerOptions Format = new()
    {
        WriteIndented = true,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    /// <summary>Stores a section's result in the place of its last one.</summary>
    public void Write(SectionResult result)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(PathOf(result.Section), JsonSerializer.Serialize(result, Format) + "\n");
    }

    /// <summary>All that are stored, in the order of <paramref name="sections"/>.</summary>
    public IReadOnlyList<SectionResult> ReadAll(IEnumerable<string> sections) =>
        [.. sections.Where(section => File.Exists(PathOf(section))).Select(Read)];

    private SectionResult Read(string section) =>
        JsonSerializer.Deserialize<SectionResult>(File.ReadAllText(PathOf(section)), Format)
        ?? throw new InvalidDataException($"{PathOf(section)} holds nothing; measure the section again.");

    private string PathOf(string section) => Path.Combine(folder, $"{section}.json");
}
