namespace Tidemark.Engine.Stores;

/// <summary>How a simulated machine stops.</summary>
public enum CrashKind
{
    /// <summary>The process dies, the system goes on: everything that was written stays.</summary>
    ProcessKilled,

    /// <summary>The power goes: what was synced stays, and any part of the rest.</summary>
    PowerCut,
}
