using System.Diagnostics;

namespace Tidemark.Bench.Tools;

/// <summary>A load in the background; disposing it ends it.</summary>
internal sealed class FioLoad : IAsyncDisposable
{
    /// <summary>How long it lasts at most.</summary>
    public const int SecondsMax = 900;

    private readonly Process _process;
    private readonly Task<string> _errors;
    private readonly Task<string> _output;

    /// <summary>Takes a fio that was just started.</summary>
    public FioLoad(Process process)
    {
        _process = process;
        _errors = process.StandardError.ReadToEndAsync();
        _output = process.StandardOutput.ReadToEndAsync();
    }

    /// <summary>True as long as it runs.</summary>
    public bool IsRunning => !_process.HasExited;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync();
        await Task.WhenAll(_errors, _output);
        _process.Dispose();
    }
}
