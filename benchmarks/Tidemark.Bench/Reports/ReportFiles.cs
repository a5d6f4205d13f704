using Tidemark.Bench.Results;
using Tidemark.Bench.Sections;

namespace Tidemark.Bench.Reports;

/// <summary>Writes the report, the plots and the README's table from all that is stored.</summary>
internal static class ReportFiles
{
    /// <summary>Writes them; the README only when told to.</summary>
    public static void Write(BenchPlan plan, bool isReadmeWritten)
    {
        var found = new Findings(new ResultFiles(plan.ResultsFolder).ReadAll(Section.Names));
        Directory.CreateDirectory(plan.ResultsFolder);
        File.WriteAllText(Path.Combine(plan.ResultsFolder, "latest.md"), new MarkdownReport(found).Compose());
        foreach (var (name, svg) in new Plots(found).Draw())
            File.WriteAllText(Path.Combine(plan.ResultsFolder, name), svg);
        if (!isReadmeWritten)
            return;
        var readme = Path.Combine(plan.Root, "README.md");
        File.WriteAllText(readme, new ReadmeTable(found).PutInto(File.ReadAllText(readme)));
    }
}
