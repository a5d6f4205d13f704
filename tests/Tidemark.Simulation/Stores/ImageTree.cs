using Tidemark.Engine.Stores;

namespace Tidemark.Simulation.Stores;

/// <summary>A store directory while recorded calls are played back.</summary>
internal sealed class ImageTree
{
    private readonly string _root;
    private readonly Dictionary<string, ImageFile> _baseFiles;
    private readonly Dictionary<string, ImageFile> _live;
    private readonly HashSet<string> _durableDirectories;
    private readonly Dictionary<string, ImageFile> _durableFiles;
    private readonly Dictionary<long, ImageFile> _open = [];
    private readonly List<NameChange> _changes = []; // those that no sync has covered

    /// <summary>The directory as it was when the recording began.</summary>
    public ImageTree(SystemCallRecording recording)
    {
        _root = recording.Root;
        _durableDirectories = [.. recording.BaseDirectories, _root];
        _baseFiles = recording.BaseFiles.ToDictionary(file => file.Key, file => new ImageFile(file.Value));
        _live = new(_baseFiles);
        _durableFiles = new(_baseFiles);
    }

    /// <summary>Plays a call back.</summary>
    public void Play(int number, SystemCall call)
    {
        switch (call.Kind)
        {
            case SystemCallKind.Open:
                PlayOpen(number, call);
                break;
            case SystemCallKind.Write:
                FileOf(call).Write(number, call.Offset, call.Bytes);
                break;
            case SystemCallKind.Punch:
                FileOf(call).Punch(number, call.Offset, call.LengthBytes);
                break;
            case SystemCallKind.Truncate:
                FileOf(call).Truncate(number, call.LengthBytes);
                break;
            case SystemCallKind.SyncFile:
                FileOf(call).Sync(call.Covers);
                break;
            case SystemCallKind.SyncDirectory:
                PlaySyncDirectory(call);
                break;
            case SystemCallKind.Rename:
                var moved = _live[call.Path];
                _live.Remove(call.Path);
                _live[call.TargetPath] = moved;
                Note(new(number, moved, call.Path, call.TargetPath));
                break;
            case SystemCallKind.Unlink:
                _live.Remove(call.Path, out var removed);
                Note(new(number, removed, call.Path, null));
                break;
            case SystemCallKind.MakeDirectory:
                Note(new(number, null, null, call.Path));
                break;
            case SystemCallKind.Allocate:
                break; // Neither content nor length: nothing that could be lost matters.
            default:
                throw new InvalidOperationException($"The recording holds a call of an unknown kind, {call.Kind}.");
        }
    }

    /// <summary>Writes a folder as a power cut could leave this directory.</summary>
    public void Materialise(string folder, Random random)
    {
        ChooseNames(random);
        var directories = new HashSet<string>(_durableDirectories);
        var files = new Dictionary<string, ImageFile>(_durableFiles);
        foreach (var change in _changes.Where(change => change.IsKept))
            Apply(change, directories, files);

        Directory.CreateDirectory(folder);
        foreach (var directory in directories.Where(path => IsReachable(path, directories)))
            Directory.CreateDirectory(Moved(directory, folder));
        foreach (var (path, file) in files.OrderBy(file => file.Key, StringComparer.Ordinal))
        {
            if (Path.GetDirectoryName(path) is { } parent && IsReachable(parent, directories))
                file.Materialise(Moved(path, folder), random);
        }
    }

    private static void Apply(NameChange change, HashSet<string> directories, Dictionary<string, ImageFile> files)
    {
        if (change.From is not null)
            files.Remove(change.From);
        if (change.To is null)
            return;
        if (change.File is null)
            directories.Add(change.To);
        else
            files[change.To] = change.File;
    }

    private void PlayOpen(int number, SystemCall call)
    {
        if (!_live.TryGetValue(call.Path, out var file))
        {
            file = new(default);
            _live[call.Path] = file;
            Note(new(number, file, null, call.Path));
        }
        else if ((call.Flags & OpenFlags.Truncate) != 0)
        {
            file.Truncate(number, 0);
        }

        _open[call.Descriptor] = file;
    }

    private void PlaySyncDirectory(SystemCall call)
    {
        foreach (var change in _changes.Where(change => change.Call < call.Covers && change.Changes(call.Path)))
            change.MakeDurable();
        foreach (var change in _changes.Where(change => change.IsDurable))
            Apply(change, _durableDirectories, _durableFiles);
        _changes.RemoveAll(change => change.IsDurable);
    }

    // A file that was open before the recording began is known by its path.
    private ImageFile FileOf(SystemCall call) =>
        _open.TryGetValue(call.Descriptor, out var file) ? file : _open[call.Descriptor] = _baseFiles[call.Path];

    private void Note(NameChange change)
    {
        change.Needs.AddRange(_changes.Where(earlier => earlier.IsNeededBy(change)));
        _changes.Add(change);
    }

    // All, none, those before a moment, or any that do not need one that is gone.
    private void ChooseNames(Random random)
    {
        var keptBefore = random.Next(4) switch
        {
            0 => int.MaxValue,
            1 => 0,
            2 when _changes.Count > 0 => _changes[random.Next(_changes.Count)].Call,
            _ => -1,
        };
        foreach (var change in _changes)
        {
            var isChosen = keptBefore >= 0 ? change.Call < keptBefore : random.Next(2) == 0;
            change.IsKept = isChosen && change.Needs.TrueForAll(needed => needed.IsDurable || needed.IsKept);
        }
    }

    // A directory whose own name was lost is gone with all that is in it.
    private bool IsReachable(string path, HashSet<string> directories)
    {
        while (path != _root)
        {
            if (!directories.Contains(path))
                return false;
            path = Path.GetDirectoryName(path) ?? _root;
        }

        return true;
    }

    private string Moved(string path, string folder) => Path.Combine(folder, Path.GetRelativePath(_root, path));
}
