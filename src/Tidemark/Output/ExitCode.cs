namespace Tidemark.Output;

/// <summary>How the program ends. The numbers are a contract with scripts: docs/decisions/0008.</summary>
internal enum ExitCode
{
    /// <summary>Done.</summary>
    Done = 0,

    /// <summary>Failed for a reason that has no number of its own.</summary>
    Failed = 1,

    /// <summary>The command or a value in it is wrong.</summary>
    Usage = 2,

    /// <summary>No such disk or snapshot.</summary>
    NotFound = 4,

    /// <summary>The state of things does not allow it.</summary>
    Conflict = 5,

    /// <summary>A quota or limit is reached.</summary>
    Quota = 7,

    /// <summary>The keys are missing, unknown or wrong.</summary>
    Denied = 8,

    /// <summary>No server answers.</summary>
    Unreachable = 9,
}
