namespace Tidemark.EndToEnd.Support;

/// <summary>A folder that is gone after the test, on a device: /tmp may be memory.</summary>
public sealed class TemporaryFolder : IDisposable
{
    private const string Parent = "/var/tmp";

    public string Path { get; } = Directory.CreateDirectory(
        System.IO.Path.Combine(Parent, "tidemark-" + System.IO.Path.GetRandomFileName())).FullName;

    /// <summary>The path of a file or folder within.</summary>
    public string In(params string[] names) => System.IO.Path.Combine([Path, .. names]);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
