namespace Tidemark.Simulation.Stores;

/// <summary>A folder of one test's own, in memory where the machine allows, gone with the test.</summary>
public sealed class TemporaryFolder : IDisposable
{
    private const string MemoryFolder = "/dev/shm";

    /// <summary>Makes the folder.</summary>
    public TemporaryFolder()
    {
        var parent = Directory.Exists(MemoryFolder) ? MemoryFolder : System.IO.Path.GetTempPath();
        Path = System.IO.Path.Combine(parent, $"tidemark-image-{Guid.NewGuid():N}");
        Directory.CreateDirectory(Path);
    }

    /// <summary>The full path.</summary>
    public string Path { get; }

    /// <summary>A path in the folder that nothing is at yet.</summary>
    public string At(string name) => System.IO.Path.Combine(Path, name);

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Path, recursive: true);
}
