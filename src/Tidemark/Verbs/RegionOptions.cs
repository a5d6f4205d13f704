using System.CommandLine;
using Tidemark.Disks;
using Tidemark.Hosting;
using Tidemark.Output;

namespace Tidemark.Verbs;

/// <summary>The options that say which regions a server has, and which zones they have.</summary>
internal sealed class RegionOptions
{
    private const int RegionsMax = 32;
    private const int ZonesMax = 32;
    private const int NameLengthMax = 64;

    private readonly Option<string[]> _region = new("--region")
    {
        Description = "a region, with its zones; repeatable, the first is the default "
            + $"[{EnvironmentNames.Region}, {Defaults.Region}]",
        HelpName = "REGION[=ZONE,ZONE…]",
    };

    private readonly Option<string[]> _zone = new("--zone")
    {
        Description = "a zone of the first region; repeatable, the first is the default [REGION-1 to REGION-7]",
        HelpName = "ZONE",
    };

    /// <summary>Both of them, for a verb to declare.</summary>
    public IReadOnlyList<Option> All => [_region, _zone];

    /// <summary>The regions, the default one first, each with at least one zone.</summary>
    public IReadOnlyList<Region> Read(ParseResult parse)
    {
        var texts = parse.GetValue(_region) is { Length: > 0 } given
            ? given
            : [EnvironmentNames.Read(EnvironmentNames.Region) ?? Defaults.Region];
        if (texts.Length > RegionsMax)
            throw CommandException.Usage($"{texts.Length} regions are too many.", $"Name at most {RegionsMax}.");
        var regions = texts.Select(ParseRegion).ToList();
        var zones = parse.GetValue(_zone) ?? [];
        if (zones.Length > 0)
            regions[0] = WithZones(regions[0], texts[0], zones);
        if (regions.Find(region => region.Zones.Count > ZonesMax) is { } large)
            throw CommandException.Usage($"{large.Zones.Count} zones are too many.", $"Name at most {ZonesMax}.");
        foreach (var name in regions.SelectMany(region => region.Zones.Prepend(region.Name)))
            RequireName(name);
        RefuseTwice(regions.Select(region => region.Name), "region");
        RefuseTwice(regions.SelectMany(region => region.Zones), "zone");
        return regions;
    }

    private static Region ParseRegion(string text)
    {
        var parts = text.Split('=', 2);
        return new Region(parts[0], parts.Length == 2 ? parts[1].Split(',') : Defaults.ZonesOf(parts[0]));
    }

    private static Region WithZones(Region region, string text, string[] zones) => text.Contains('=')
        ? throw CommandException.Usage(
            $"The zones of {region.Name} are given twice, with --region {text} and with --zone.",
            "Use one of the two.")
        : region with { Zones = zones };

    private static void RequireName(string name)
    {
        var isName = name.Length is > 0 and <= NameLengthMax
            && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_');
        if (!isName)
        {
            throw CommandException.Usage(
                $"'{name}' is not the name of a region or zone.",
                $"Use 1 to {NameLengthMax} letters, digits, '-' and '_', as in --region ap-guangzhou=ap-guangzhou-1.");
        }
    }

    private static void RefuseTwice(IEnumerable<string> names, string kind)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in names)
        {
            if (!seen.Add(name))
                throw CommandException.Usage($"The {kind} {name} is named twice.", $"Name each {kind} once.");
        }
    }
}
