using Tidemark.Hosting;
using Tidemark.Output;

namespace Tidemark.Program.Tests;

/// <summary>Runs the command line in this process.</summary>
internal static class Cli
{
    static Cli()
    {
        // What is set around the tests must not reach them.
        foreach (var name in new[]
        {
            EnvironmentNames.Data, EnvironmentNames.Endpoint, EnvironmentNames.SecretId, EnvironmentNames.SecretKey,
            EnvironmentNames.Region, EnvironmentNames.CaFile,
        })
        {
            Environment.SetEnvironmentVariable(name, null);
        }
    }

    /// <summary>Runs a command, on a data folder when one is given.</summary>
    public static async Task<CliResult> RunAsync(IReadOnlyList<string> arguments, string? dataFolder)
    {
        var output = new StringWriter();
        var error = new StringWriter();
        IReadOnlyList<string> all = dataFolder is null ? arguments : [.. arguments, "--data", dataFolder];
        var code = await CommandLine.RunAsync(all, output, error, TestContext.Current.CancellationToken);
        return new CliResult((ExitCode)code, output.ToString(), error.ToString());
    }
}
