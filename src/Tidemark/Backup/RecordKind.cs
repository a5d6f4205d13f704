namespace Tidemark.Backup;

/// <summary>The kinds of records in a backup stream.</summary>
internal enum RecordKind
{
    /// <summary>Bytes of the disk.</summary>
    Data = 1,

    /// <summary>A range that reads as zeros.</summary>
    Zeros = 2,

    /// <summary>The end; its length is the number of records before it.</summary>
    End = 3,
}
