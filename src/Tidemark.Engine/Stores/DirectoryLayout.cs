using System.Globalization;

namespace Tidemark.Engine.Stores;

/// <summary>
/// The names of everything in a store directory, as <c>docs/formats/store-directory.md</c> gives them. Pure: touches no
/// file system.
/// </summary>
/// <param name="root">The full path of the store directory.</param>
internal sealed class DirectoryLayout(string root)
{
    /// <summary>The named object that says which store this is; it lies at the root, where people look first.</summary>
    public const string IdentityObject = "STORE";

    private const int FilesPerFanOutShift = 12; // 4096 files in a directory
    private const string FanOutFormat = "x8";
    private const string IdFormat = "x16";

    /// <summary>The store directory.</summary>
    public string Root { get; } = root;

    /// <summary>The file that carries the lock.</summary>
    public string LockFile { get; } = Path.Combine(root, "LOCK");

    /// <summary>The file that holds space back.</summary>
    public string ReserveFile { get; } = Path.Combine(root, "reserve");

    /// <summary>The directory of named objects.</summary>
    public string Objects { get; } = Path.Combine(root, "objects");

    /// <summary>The directory of files that nothing accounts for.</summary>
    public string Lost { get; } = Path.Combine(root, "lost");

    /// <summary>The directory of an area.</summary>
    public string Area(StoreArea area) => Path.Combine(Root, AreaName(area));

    /// <summary>The directory in an area that holds the file of an id.</summary>
    public string FanOut(StoreArea area, long id) => Path.Combine(Area(area), FanOutName(id));

    /// <summary>The file of an id.</summary>
    public string File(StoreArea area, long id) =>
        Path.Combine(FanOut(area, id), id.ToString(IdFormat, CultureInfo.InvariantCulture) + Extension(area));

    /// <summary>Where the file of an id goes when it is moved to the lost directory at a time.</summary>
    public string LostFile(StoreArea area, long id, DateTimeOffset when) => Path.Combine(
        Lost,
        string.Create(
            CultureInfo.InvariantCulture,
            $"{when.ToUnixTimeSeconds()}-{AreaName(area)}-{id.ToString(IdFormat, CultureInfo.InvariantCulture)}"));

    /// <summary>The directory that a named object lies in.</summary>
    public string ObjectDirectory(string name) => name == IdentityObject ? Root : Objects;

    /// <summary>The file of a named object.</summary>
    public string Object(string name) => Path.Combine(ObjectDirectory(name), name);

    /// <summary>
    /// Reads the id out of a file name that stands in a fan-out directory; false for a name that is not exactly the one
    /// that the id has.
    /// </summary>
    public static bool TryParseFile(StoreArea area, string fanOutName, string fileName, out long id)
    {
        var extension = Extension(area);
        id = 0;
        if (!fileName.EndsWith(extension, StringComparison.Ordinal))
            return false;
        var digits = fileName.AsSpan(0, fileName.Length - extension.Length);
        return TryParseId(digits, out id) && fanOutName == FanOutName(id);
    }

    /// <summary>Reads a name in the lost directory; false for a name that the store did not give.</summary>
    public static bool TryParseLost(string name, out StoreArea area, out DateTimeOffset movedAt)
    {
        area = default;
        movedAt = default;
        var parts = name.Split('-');
        if (parts.Length != 3
            || !long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            || seconds > DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            || !TryParseId(parts[2], out _))
        {
            return false;
        }

        area = parts[1] == AreaName(StoreArea.Index) ? StoreArea.Index : StoreArea.Segments;
        movedAt = DateTimeOffset.FromUnixTimeSeconds(seconds);
        return parts[1] == AreaName(area);
    }

    private static string FanOutName(long id) =>
        (id >> FilesPerFanOutShift).ToString(FanOutFormat, CultureInfo.InvariantCulture);

    private static bool TryParseId(ReadOnlySpan<char> digits, out long id) =>
        long.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out id)
        && id >= 0
        && digits.SequenceEqual(id.ToString(IdFormat, CultureInfo.InvariantCulture));

    private static string AreaName(StoreArea area) => area == StoreArea.Index ? "index" : "segments";

    private static string Extension(StoreArea area) => area == StoreArea.Index ? ".idx" : ".seg";
}
