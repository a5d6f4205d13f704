namespace Tidemark.Nbd.Serving;

/// <summary>A request that waits aside so that its connection goes on. Linked into one list at a time.</summary>
internal abstract class AsideWork
{
    /// <summary>The next in the list that holds it.</summary>
    public AsideWork? Next { get; set; }

    /// <summary>
    /// Does the waiting, on a thread of the pool, and hands the result to the connection. Never throws.
    /// </summary>
    public abstract void Run();
}
