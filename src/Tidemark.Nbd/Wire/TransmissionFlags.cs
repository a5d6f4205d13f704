namespace Tidemark.Nbd.Wire;

/// <summary>What an export can do, as told at the end of the handshake.</summary>
[Flags]
internal enum TransmissionFlags : ushort
{
    /// <summary>Always set.</summary>
    HasFlags = 1 << 0,

    /// <summary>Writes of every kind are refused.</summary>
    ReadOnly = 1 << 1,

    /// <summary><see cref="CommandKind.Flush"/> is known.</summary>
    SendFlush = 1 << 2,

    /// <summary><see cref="CommandFlags.ForceUnitAccess"/> is known.</summary>
    SendForceUnitAccess = 1 << 3,

    /// <summary><see cref="CommandKind.Trim"/> is known.</summary>
    SendTrim = 1 << 5,

    /// <summary><see cref="CommandKind.WriteZeroes"/> is known.</summary>
    SendWriteZeroes = 1 << 6,

    /// <summary><see cref="CommandFlags.DoNotFragment"/> is known.</summary>
    SendDoNotFragment = 1 << 7,

    /// <summary>A flush covers all connections to the export.</summary>
    CanMultiConnect = 1 << 8,

    /// <summary><see cref="CommandKind.Cache"/> is known.</summary>
    SendCache = 1 << 10,

    /// <summary><see cref="CommandFlags.FastZero"/> is known; only with <see cref="SendWriteZeroes"/>.</summary>
    SendFastZero = 1 << 11,
}
