using System.Globalization;

namespace Tidemark.Catalog.Journal;

/// <summary>The files of a journal: <c>NUMBER.base</c> and <c>NUMBER.log</c>, eight digits.</summary>
/// <param name="path">The folder.</param>
internal sealed class JournalFolder(string path)
{
    private const string BaseEnding = ".base";
    private const string LogEnding = ".log";

    /// <summary>The folder.</summary>
    public string Path { get; } = path;

    /// <summary>Numbers of all base files, ascending.</summary>
    public IReadOnlyList<long> BaseNumbers => Numbers(BaseEnding);

    /// <summary>Numbers of all log files, ascending.</summary>
    public IReadOnlyList<long> LogNumbers => Numbers(LogEnding);

    /// <summary>True when there is no journal.</summary>
    public bool IsEmpty => BaseNumbers.Count == 0 && LogNumbers.Count == 0;

    /// <summary>The highest number of any file; 0 when there is none.</summary>
    public long LastNumber => BaseNumbers.Concat(LogNumbers).Append(0).Max();

    /// <summary>The path of a base file.</summary>
    public string BasePath(long number) => FilePath(number, BaseEnding);

    /// <summary>The path of a log file.</summary>
    public string LogPath(long number) => FilePath(number, LogEnding);

    /// <summary>Removes the files with smaller numbers and unfinished ones.</summary>
    public void RemoveBefore(long number)
    {
        foreach (var old in BaseNumbers.Where(old => old < number))
            File.Delete(BasePath(old));
        foreach (var old in LogNumbers.Where(old => old < number))
            File.Delete(LogPath(old));
        foreach (var unfinished in Directory.EnumerateFiles(Path, "*.tmp"))
            File.Delete(unfinished);
    }

    private string FilePath(long number, string ending) =>
        System.IO.Path.Combine(Path, number.ToString("D8", CultureInfo.InvariantCulture) + ending);

    private List<long> Numbers(string ending)
    {
        var numbers = new List<long>();
        if (!Directory.Exists(Path))
            return numbers;
        foreach (var file in Directory.EnumerateFiles(Path, "*" + ending))
        {
            var name = System.IO.Path.GetFileNameWithoutExtension(file);
            if (long.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                numbers.Add(number);
        }

        numbers.Sort();
        return numbers;
    }
}
