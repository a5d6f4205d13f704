using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.Win32.SafeHandles;
using Tidemark.Engine;

namespace Tidemark.Catalog.Journal;

/// <summary>
/// The writing side of the journal: every committed transaction is appended to a log, and from time to time a base with
/// all rows makes older logs needless. Safe for concurrent use; appends must come in the order of generations.
/// </summary>
internal sealed class StoreJournal : IDisposable
{
    /// <summary>A base is due when the logs after the last one are longer than this, or than the base itself.</summary>
    public const long LogBytesMax = 16 << 20;

    // A base is due when a file was begun this often without one.
    private const int LogFilesMax = 16;

    // Guards the members below, over the write of one record and the change of files.
    private readonly Lock _lock = new();
    private readonly JournalFolder _folder;
    private readonly Guid _storeId;
    private readonly int _schemaVersion;
    private readonly Action<EngineMessage>? _log;
    private SafeFileHandle _file;
    private long _number;
    private long _lengthBytes;
    private long _loggedBytes;
    private long _baseBytes;
    private bool _isUnsynced;
    private bool _isBroken;
    private bool _isBegunForBase;

    /// <summary>Begins a new log file after those that exist.</summary>
    public StoreJournal(
        JournalFolder folder, Guid storeId, int schemaVersion, long generation, Action<EngineMessage>? log)
    {
        _folder = folder;
        _storeId = storeId;
        _schemaVersion = schemaVersion;
        _log = log;
        Directory.CreateDirectory(folder.Path);
        _number = folder.LastNumber;
        _loggedBytes = folder.LogNumbers.Sum(number => new FileInfo(folder.LogPath(number)).Length);
        _baseBytes = folder.BaseNumbers.Sum(number => new FileInfo(folder.BasePath(number)).Length);
        _file = BeginFile(generation);
    }

    /// <summary>Whether it is time for <see cref="WriteBase"/>.</summary>
    public bool IsBaseDue
    {
        get
        {
            lock (_lock)
                return _isBroken || _isBegunForBase || _loggedBytes > Math.Max(LogBytesMax, _baseBytes)
                    || _folder.LogNumbers.Count > LogFilesMax;
        }
    }

    /// <summary>
    /// Appends one transaction. A failure is logged, and healed by the next base: the commit itself stands.
    /// </summary>
    public void Append(long generation, ReadOnlyMemory<byte> payload)
    {
        lock (_lock)
        {
            if (_isBroken)
                return;
            try
            {
                var bytes = new JournalFrame(generation, JournalFormat.RecordChanges, payload).ToBytes();
                RandomAccess.Write(_file, bytes, _lengthBytes);
                _lengthBytes += bytes.Length;
                _loggedBytes += bytes.Length;
                _isUnsynced = true;
            }
            catch (IOException problem)
            {
                _isBroken = true;
                _log?.Invoke(new EngineMessage(true,
                    $"{_folder.LogPath(_number)}: a record could not be appended ({problem.Message}); " +
                    "the journal is written anew as soon as there is room."));
            }
        }
    }

    /// <summary>Makes what was appended durable.</summary>
    public void Sync()
    {
        lock (_lock)
        {
            if (!_isUnsynced)
                return;
            RandomAccess.FlushToDisk(_file);
            _isUnsynced = false;
        }
    }

    /// <summary>
    /// Writes all rows as they are now, and removes the files that this makes needless. Appends go on meanwhile.
    /// </summary>
    /// <param name="reader">A connection that nobody else uses; a read transaction is made on it.</param>
    /// <param name="generationHint">The generation of now, for the head of the new log.</param>
    public void WriteBase(SqliteConnection reader, long generationHint)
    {
        long number;
        lock (_lock)
        {
            // One that was begun for a base which then failed serves the next attempt: in a full file system attempts
            // would otherwise leave a file each.
            if (_isBroken || !_isBegunForBase)
            {
                var next = BeginFile(generationHint);
                _file.Dispose();
                _file = next;
                _isBroken = false;
                _isBegunForBase = true;
            }

            number = _number;
        }

        // Whatever is committed after this read transaction began is appended to the new log.
        var lengthBytes = JournalBase.Write(_folder.BasePath(number), reader, _storeId, _schemaVersion);
        DirectorySync.Sync(_folder.Path);
        _folder.RemoveBefore(number);
        lock (_lock)
        {
            _baseBytes = lengthBytes;
            _loggedBytes = _lengthBytes;
            _isBegunForBase = false;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Sync();
        lock (_lock)
            _file.Dispose();
    }

    private SafeFileHandle BeginFile(long generation)
    {
        var number = _number + 1;
        var path = _folder.LogPath(number);
        var file = File.OpenHandle(path, FileMode.Create, FileAccess.Write, FileShare.Read);
        try
        {
            var header = new JournalHeader(_storeId, generation, JournalFormat.KindLog, _schemaVersion).ToBytes();
            RandomAccess.Write(file, header, 0);
            RandomAccess.FlushToDisk(file);
            DirectorySync.Sync(_folder.Path);
            _number = number;
            _lengthBytes = header.Length;
            return file;
        }
        catch (IOException problem)
        {
            file.Dispose();
            throw new IOException(string.Create(CultureInfo.InvariantCulture,
                $"{path}: the journal's next file could not be begun."), problem);
        }
    }
}
