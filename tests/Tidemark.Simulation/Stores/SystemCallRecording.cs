using Tidemark.Engine.Stores;

namespace Tidemark.Simulation.Stores;

/// <summary>
/// What a directory store asked of the system since a moment, and what its directory held then. Everything found at
/// the start is taken as durable. An operation of the store is on record, whole, before it returns: what a test was
/// told by the time <see cref="Count"/> was n must hold in every image cut at n or later.
/// </summary>
public sealed class SystemCallRecording : IDisposable
{
    private readonly DirectoryStore _store;
    private readonly SystemCallRecorder _recorder = new();

    private SystemCallRecording(DirectoryStore store)
    {
        _store = store;
        Root = store.DirectoryPath;
        var libC = new LibC();
        foreach (var path in Directory.EnumerateDirectories(Root, "*", SearchOption.AllDirectories))
            BaseDirectories.Add(path);
        foreach (var path in Directory.EnumerateFiles(Root, "*", SearchOption.AllDirectories))
        {
            // Not through the base library, which takes locks of its own on what it opens.
            using var file = libC.Open(path, OpenFlags.Read);
            var content = new byte[LibC.Status(file).LengthBytes];
            Assert.Equal(content.Length, libC.Read(file, 0, content));
            BaseFiles.Add(path, content);
        }

        store.System.Recorder = _recorder;
    }

    /// <summary>How many calls are on record; every value from 0 to this is a place to cut the power.</summary>
    public int Count => _recorder.Count;

    /// <summary>The store directory.</summary>
    internal string Root { get; }

    /// <summary>The directories that were there at the start, without the root.</summary>
    internal List<string> BaseDirectories { get; } = [];

    /// <summary>The files that were there at the start.</summary>
    internal Dictionary<string, byte[]> BaseFiles { get; } = [];

    /// <summary>Begins to record. The store must be open, and nobody may use it meanwhile.</summary>
    public static SystemCallRecording Start(DirectoryStore store) => new(store);

    /// <summary>Ends recording; what is on record stays.</summary>
    public void Dispose() => _store.System.Recorder = null;

    /// <summary>The first <paramref name="count"/> calls.</summary>
    internal IReadOnlyList<SystemCall> First(int count) => _recorder.First(count);
}
