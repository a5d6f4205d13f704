using System.CommandLine;
using Tidemark.Bench;
using Tidemark.Bench.Reports;
using Tidemark.Bench.Results;
using Tidemark.Bench.Sections;

Option<string> root = new("--root") { Description = "the repository", DefaultValueFactory = _ => "." };
Option<bool> quick = new("--quick") { Description = "a few minutes, whose figures only show that it works" };
Option<string?> only = new("--only")
{
    Description = $"the sections to measure, comma-separated [{string.Join(',', Section.Names)}]",
};
Option<int> rounds = new("--rounds") { Description = "how often the servers take turns" };
Option<double> seconds = new("--seconds") { Description = "the length of one point" };
Option<bool> reportOnly = new("--report") { Description = "measure nothing; write the report from what is stored" };
Option<bool> readme = new("--readme") { Description = "put the short table into README.md, as a full run does" };

var command = new RootCommand("Measures Tidemark beside its peers.")
    { root, quick, only, rounds, seconds, reportOnly, readme };
command.SetAction(async (parse, _) =>
{
    var plan = new BenchPlan
    {
        Root = Path.GetFullPath(parse.GetRequiredValue(root)),
        IsQuick = parse.GetValue(quick),
        Sections = parse.GetValue(only)?.Split(',', StringSplitOptions.TrimEntries) ?? Section.Names,
        RoundsAsked = parse.GetValue(rounds),
        SecondsAsked = parse.GetValue(seconds),
    };
    if (plan.Sections.Except(Section.Names).FirstOrDefault() is { } unknown)
    {
        Console.Error.WriteLine($"bench: there is no section {unknown}; there are {string.Join(", ", Section.Names)}.");
        return 2;
    }

    var files = new ResultFiles(plan.ResultsFolder);
    foreach (var section in Section.All(plan).Where(_ => !parse.GetValue(reportOnly)))
    {
        if (plan.Sections.Contains(section.Name))
            files.Write(await section.RunAsync());
    }

    var isWhole = !plan.IsQuick && !parse.GetValue(reportOnly) && Section.Names.All(plan.Sections.Contains);
    ReportFiles.Write(plan, isReadmeWritten: isWhole || parse.GetValue(readme));
    Console.WriteLine(Path.Combine("benchmarks", "results", "latest.md"));
    return 0;
});
return await command.Parse(args).InvokeAsync();
