using System.CommandLine;
using Tidemark.Catalog.Repair;
using Tidemark.Engine;
using Tidemark.Hosting;
using Tidemark.Output;

namespace Tidemark.Verbs;

/// <summary>tidemark repair: rebuilds the catalog of a stopped store.</summary>
internal sealed class RepairVerb : Verb
{
    /// <summary>The verb.</summary>
    public RepairVerb()
        : base(
            "repair",
            "Rebuild the catalog from the store; the server must be stopped. Nothing is thrown away.",
            [CommonOptions.Output, CommonOptions.Data])
    {
    }

    /// <inheritdoc/>
    protected override Task RunAsync(VerbCall call)
    {
        var storeFolder = StorageStack.StoreFolder(call.DataFolder);
        if (!Directory.Exists(storeFolder))
        {
            throw new CommandException(
                ExitCode.NotFound, "NoStore", $"There is no store at {storeFolder}.",
                "Name the data folder with --data or TIDEMARK_DATA.");
        }

        RepairReport report;
        using (StorageStack.OpenStore(call.DataFolder, true))
            report = Rebuild(call);
        if (call.Printer.IsJson)
            call.Printer.Json(report, OutputJson.Pretty.RepairReport);
        else
            Print(call.Printer, report);
        return Task.CompletedTask;
    }

    private static RepairReport Rebuild(VerbCall call)
    {
        try
        {
            return CatalogRepair.Rebuild(call.DataFolder, call.Time.GetUtcNow());
        }
        catch (EngineException failure)
        {
            throw new CommandException(
                ExitCode.Failed, "NothingToRebuildFrom", failure.Message,
                "Restore the store's folder, or a daily copy, from a backup of the data folder.", failure);
        }
    }

    private static void Print(Printer printer, RepairReport report)
    {
        printer.Properties(
        [
            ("rebuilt from", report.Source),
            ("generation", $"{report.Generation}"),
            ("operations", $"{report.OperationCount}"),
            .. report.KeptFiles.Select(file => ("kept", file)),
            .. report.Problems.Select(problem => ("problem", problem)),
        ]);
        printer.Note("Verify it with 'tidemark check'.");
    }
}
