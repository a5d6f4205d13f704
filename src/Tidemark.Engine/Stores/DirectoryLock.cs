using System.Globalization;
using System.Text;

namespace Tidemark.Engine.Stores;

/// <summary>
/// The operating system's lock on a store directory, held until disposed or until the process dies. The file holds the
/// process number of the owner, for the message that the next one gets; the lock itself is not in its content.
/// </summary>
internal sealed class DirectoryLock : IDisposable
{
    private const int OwnerLengthMax = 32;

    private readonly FileDescriptor _file;

    /// <summary>Takes the lock; <see cref="StoreFault.NotOwned"/>, naming the owner, if it is taken.</summary>
    public DirectoryLock(LibC libC, string path)
    {
        _file = libC.Open(path, OpenFlags.ReadWrite | OpenFlags.Create);
        try
        {
            if (!LibC.TryLock(_file))
                throw Taken(libC, path);
            libC.Truncate(_file, 0);
            libC.Write(_file, 0, Encoding.ASCII.GetBytes($"{Environment.ProcessId}\n"), default);
        }
        catch (StoreException)
        {
            _file.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private StoreException Taken(LibC libC, string path)
    {
        Span<byte> content = stackalloc byte[OwnerLengthMax];
        content = content[..libC.Read(_file, 0, content)];
        var text = Encoding.ASCII.GetString(content).TrimEnd();
        var owner = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? $"process {number}"
            : "another process";
        return new(
            StoreFault.NotOwned,
            $"The store directory is in use: {owner} holds the lock on {path}. Stop it, or use another directory. "
            + "Removing the file does not help and endangers the store.");
    }
}
