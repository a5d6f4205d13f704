namespace Tidemark.Engine.Stores;

/// <summary>The operations of a <see cref="SimulatedStore"/> that can be made to fail.</summary>
public enum SimulatedOperation
{
    /// <summary>Any operation.</summary>
    Any,

    /// <summary><see cref="Store.Create"/>.</summary>
    Create,

    /// <summary><see cref="Store.Open"/>.</summary>
    Open,

    /// <summary><see cref="Store.Delete"/>.</summary>
    Delete,

    /// <summary><see cref="Store.MoveToLost"/>.</summary>
    MoveToLost,

    /// <summary><see cref="Store.PurgeLost"/>.</summary>
    PurgeLost,

    /// <summary><see cref="Store.List"/>.</summary>
    List,

    /// <summary><see cref="Store.SyncNames"/>; once failed for an area it fails for ever.</summary>
    SyncNames,

    /// <summary><see cref="Store.ReadObject"/>.</summary>
    ReadObject,

    /// <summary><see cref="Store.WriteObject"/>.</summary>
    WriteObject,

    /// <summary><see cref="StoreFile.Write"/>; a failed one has written the first half.</summary>
    Write,

    /// <summary><see cref="StoreFile.Read"/> and <see cref="StoreFile.TryReadResident"/>.</summary>
    Read,

    /// <summary><see cref="StoreFile.Allocate"/>.</summary>
    Allocate,

    /// <summary><see cref="StoreFile.Sync"/>; a failed one loses what it should have made durable.</summary>
    Sync,

    /// <summary><see cref="StoreFile.Punch"/>.</summary>
    Punch,

    /// <summary><see cref="StoreFile.Truncate"/>.</summary>
    Truncate,
}
