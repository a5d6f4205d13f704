namespace Tidemark.Nbd;

/// <summary>What latencies are told apart by: not the command, but what the client waited for.</summary>
public enum RequestKind
{
    /// <summary>Reads.</summary>
    Read,

    /// <summary>Writes without FUA.</summary>
    Write,

    /// <summary>Trims and write-zeroes without FUA.</summary>
    Trim,

    /// <summary>Whatever waits until it is durable: FLUSH, and every change with FUA.</summary>
    Flush,
}
