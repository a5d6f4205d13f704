using Tidemark.Bench;

var plan = BenchPlan.Parse(args);
Directory.CreateDirectory(plan.WorkFolder);
try
{
    var comparisons = await new Comparison(plan).RunAsync();
    var snapshots = await new SnapshotTimings(plan).RunAsync();
    var report = new Report(plan, comparisons, snapshots);
    Console.Write(report.ToMarkdown());
    report.Write();
    return 0;
}
finally
{
    Directory.Delete(plan.WorkFolder, recursive: true);
}
