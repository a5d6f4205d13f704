namespace Tidemark.Disks.Instances;

/// <summary>The states of an instance, as the API spells them.</summary>
public static class InstanceState
{
    /// <summary>It runs, and may use its disks.</summary>
    public const string Running = "RUNNING";

    /// <summary>It was stopped: its disks may be rolled back.</summary>
    public const string Stopped = "STOPPED";
}
