namespace Tidemark.Catalog;

/// <summary>
/// The points of a commit at which a process may end, in their order. Everything lasting that the server does is in the
/// store or behind one of these.
/// </summary>
public enum CommitPoint
{
    /// <summary>Nothing of the transaction has happened.</summary>
    Begun,

    /// <summary>The changes are made, and gone unless the database commits.</summary>
    Changed,

    /// <summary>The database has committed; the journal does not know yet.</summary>
    Committed,

    /// <summary>The journal has it too; nobody has been told.</summary>
    Journaled,
}
