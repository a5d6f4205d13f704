namespace Tidemark.Engine.Format;

/// <summary>
/// Bytes in the store are not the ones that were written. They are never answered, and never replaced by zeros.
/// </summary>
/// <param name="fileName">The file, as a person finds it.</param>
/// <param name="offset">Where in the file the wrong structure starts, in bytes.</param>
/// <param name="expected">What should be there.</param>
/// <param name="found">What is there.</param>
internal sealed class CorruptionException(string fileName, long offset, string expected, string found)
    : IOException($"{fileName} at {offset}: expected {expected}, found {found}. Run a check of the store.")
{
    /// <summary>The file, as a person finds it.</summary>
    public string FileName { get; } = fileName;

    /// <summary>Where in the file the wrong structure starts, in bytes.</summary>
    public long Offset { get; } = offset;

    /// <summary>What should be there.</summary>
    public string Expected { get; } = expected;

    /// <summary>What is there.</summary>
    public string Found { get; } = found;
}
