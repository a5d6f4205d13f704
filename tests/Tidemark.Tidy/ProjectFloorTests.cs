using System.Xml.Linq;

namespace Tidemark.Tidy;

public sealed class ProjectFloorTests
{
    /// <summary>The floors of the building, from the bottom up.</summary>
    private static readonly string[][] Floors =
    [
        ["Tidemark.Engine", "Tidemark.Nbd"],
        ["Tidemark.Catalog"],
        ["Tidemark.Disks"],
        ["Tidemark.Api", "Tidemark.Console"],
        ["Tidemark", "Tidemark.Agent"],
    ];

    public static TheoryData<string> Projects => [.. Tree.Current.Paths
        .Where(path => path.StartsWith("src/", StringComparison.Ordinal)
            && path.EndsWith(".csproj", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_refers_only_to_lower_floors(string path)
    {
        var floor = FloorOf(Path.GetFileNameWithoutExtension(path));
        var references = References(path, "ProjectReference").Select(Path.GetFileNameWithoutExtension).ToList();

        Assert.All(references, name => Assert.True(
            FloorOf(name ?? "") < floor, $"{path} refers to {name}, which is not below it."));
    }

    [Fact]
    public void The_bottom_floor_uses_the_base_library_only()
    {
        var packages = Floors[0].SelectMany(name => References($"src/{name}/{name}.csproj", "PackageReference"));

        Assert.Empty(packages);
    }

    [Fact]
    public void Only_the_faces_and_the_program_know_the_web_framework()
    {
        var knowing = Projects.Select(row => row.Data)
            .Where(path => References(path, "FrameworkReference").Any())
            .Select(Path.GetFileNameWithoutExtension);

        Assert.All(knowing, name => Assert.Contains(name, Floors[3].Append("Tidemark")));
    }

    [Fact]
    public void Versions_stand_in_one_place()
    {
        var own = Tree.Current.Paths.Where(path => path.EndsWith(".csproj", StringComparison.Ordinal))
            .Where(path => XDocument.Parse(Tree.Current.Read(path)).Descendants("PackageReference")
                .Any(reference => reference.Attribute("Version") is not null));

        Assert.Empty(own);
    }

    private static int FloorOf(string project)
    {
        var floor = Array.FindIndex(Floors, names => names.Contains(project));
        return floor >= 0 ? floor : throw new InvalidOperationException($"{project} stands on no floor: name it here.");
    }

    private static IEnumerable<string> References(string path, string kind) => XDocument.Parse(Tree.Current.Read(path))
        .Descendants(kind)
        .Select(reference => reference.Attribute("Include")?.Value ?? "");
}
