using Tidemark.Demo;

namespace Tidemark.Verbs;

/// <summary>tidemark demo: everything once, verified, in a temporary folder.</summary>
internal sealed class DemoVerb() : Verb(
    "demo",
    "Show it all in a temporary folder: disk, data, snapshots, deletion, rollback, clone; verify every byte.",
    [CommonOptions.Output])
{
    /// <inheritdoc/>
    protected override async Task RunAsync(VerbCall call)
    {
        var folder = Directory.CreateTempSubdirectory("tidemark-demo-").FullName;
        try
        {
            await new DemoRun(folder, call.Printer, call.Time).RunAsync(call.Cancellation);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
