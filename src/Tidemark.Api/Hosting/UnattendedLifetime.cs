using Microsoft.Extensions.Hosting;

namespace Tidemark.Api.Hosting;

/// <summary>A host lifetime that leaves the process's signals alone: they belong to the program.</summary>
internal sealed class UnattendedLifetime : IHostLifetime
{
    /// <inheritdoc/>
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
