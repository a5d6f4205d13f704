namespace Tidemark.Simulation.Stores;

/// <summary>One change of names: a file or directory made, a file moved, a file's name removed.</summary>
/// <param name="call">The number of the call that made it.</param>
/// <param name="file">The file; null for a directory.</param>
/// <param name="from">The name that goes; null when the thing is new.</param>
/// <param name="to">The name that comes, replacing what has it; null when the thing goes.</param>
internal sealed class NameChange(int call, ImageFile? file, string? from, string? to)
{
    /// <summary>The number of the call that made it.</summary>
    public int Call { get; } = call;

    /// <summary>The file; null for a directory.</summary>
    public ImageFile? File { get; } = file;

    /// <summary>The name that goes.</summary>
    public string? From { get; } = from;

    /// <summary>The name that comes.</summary>
    public string? To { get; } = to;

    /// <summary>Earlier changes of the same names or the same file: this one cannot stay without them.</summary>
    public List<NameChange> Needs { get; } = [];

    /// <summary>True once a directory that it changes was synced after it.</summary>
    public bool IsDurable { get; private set; }

    /// <summary>True when the image that is being built keeps it.</summary>
    public bool IsKept { get; set; }

    /// <summary>True when it changes the entries of a directory.</summary>
    public bool Changes(string directory) =>
        Path.GetDirectoryName(From) == directory || Path.GetDirectoryName(To) == directory;

    /// <summary>True when it and a later change cannot be told apart in order.</summary>
    public bool IsNeededBy(NameChange later) =>
        (File is not null && File == later.File) || IsName(later.From) || IsName(later.To);

    /// <summary>Makes it and all that it needs durable.</summary>
    public void MakeDurable()
    {
        if (IsDurable)
            return;
        IsDurable = true;
        foreach (var needed in Needs)
            needed.MakeDurable();
    }

    private bool IsName(string? name) => name is not null && (name == From || name == To);
}
