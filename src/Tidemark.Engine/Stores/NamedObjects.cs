namespace Tidemark.Engine.Stores;

/// <summary>
/// Small named objects as files that are replaced whole: written beside, synced, renamed over, directory synced.
/// </summary>
/// <param name="libC">The system.</param>
/// <param name="layout">Where they lie.</param>
internal sealed class NamedObjects(LibC libC, DirectoryLayout layout)
{
    private readonly Lock _writing = new(); // one writer: two would share the unfinished file

    /// <summary>The content; null when there is no such object.</summary>
    public byte[]? Read(string name)
    {
        try
        {
            using var file = libC.Open(layout.Object(name), OpenFlags.Read);
            var content = new byte[checked((int)LibC.Status(file).LengthBytes)];
            var readBytes = libC.Read(file, 0, content);
            return readBytes == content.Length
                ? content
                : throw new StoreException(
                    StoreFault.Io,
                    $"{file.Path} ended after {readBytes} of {content.Length} bytes. Objects are never changed in "
                    + "place: something else writes in the store directory.");
        }
        catch (StoreException exception) when (exception.Fault == StoreFault.Missing)
        {
            return null;
        }
    }

    /// <summary>Replaces the content durably; after a failure the old or the new content is there.</summary>
    public void Write(string name, ReadOnlySpan<byte> content)
    {
        var path = layout.Object(name);
        var unfinishedPath = path + Store.UnfinishedSuffix;
        lock (_writing)
        {
            try
            {
                const OpenFlags Flags = OpenFlags.ReadWrite | OpenFlags.Create | OpenFlags.Truncate;
                using (var file = libC.Open(unfinishedPath, Flags))
                {
                    libC.Write(file, 0, content, default);
                    libC.SyncContent(file);
                }

                libC.Rename(unfinishedPath, path);
            }
            catch (StoreException)
            {
                RemoveUnfinished(unfinishedPath);
                throw;
            }

            libC.SyncDirectory(layout.ObjectDirectory(name));
        }
    }

    // The failure that led here is the one to report; what stays behind is overwritten by the next attempt.
    private void RemoveUnfinished(string path)
    {
        try
        {
            libC.TryUnlink(path);
        }
        catch (StoreException)
        {
        }
    }
}
