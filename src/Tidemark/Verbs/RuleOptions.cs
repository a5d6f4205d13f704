using System.CommandLine;
using Tidemark.Hosting;
using Tidemark.Output;

namespace Tidemark.Verbs;

/// <summary>The options that say what disks, snapshots and instances may be on a server.</summary>
internal sealed class RuleOptions
{
    private readonly Option<int> _snapshotQuota = new("--snapshot-quota")
    {
        Description = "snapshots that an account may have in a region, besides 64 for each disk "
            + $"[{Defaults.SnapshotQuota}]",
        HelpName = "N",
        DefaultValueFactory = _ => Defaults.SnapshotQuota,
    };

    private readonly Option<string?> _snapshotSizeQuota = new("--snapshot-size-quota")
    {
        Description = "what all snapshots of an account in a region may hold together [no limit]",
        HelpName = "SIZE",
    };

    private readonly Option<bool> _strictSizes = new("--strict-sizes")
    {
        Description = "disks have only the sizes and steps that the cloud has for their type",
    };

    private readonly Option<bool> _strictInstances = new("--strict-instances")
    {
        Description = "disks are attached only to instances that are registered; otherwise the first use registers one",
    };

    private readonly Option<bool> _enforcePerformance = new("--enforce-performance")
    {
        Description = "hold disks to the IOPS and throughput of their type and size",
    };

    private readonly Option<string?> _keepDeleted = new("--keep-deleted")
    {
        Description = "for how long terminated disks and deleted snapshots can be brought back [0]",
        HelpName = "TIME",
    };

    private readonly Option<bool> _noSafetySnapshots = new("--no-safety-snapshots")
    {
        Description = "a rollback keeps no snapshot of what it replaces",
    };

    /// <summary>All of them, for a verb to declare.</summary>
    public IReadOnlyList<Option> All =>
    [
        _snapshotQuota, _snapshotSizeQuota, _strictSizes, _strictInstances, _enforcePerformance, _keepDeleted,
        _noSafetySnapshots,
    ];

    /// <summary>The settings with what these options say.</summary>
    public ServerSettings Apply(ParseResult parse, ServerSettings settings)
    {
        var quota = parse.GetValue(_snapshotQuota);
        return settings with
        {
            SnapshotQuota = quota >= 0
                ? quota
                : throw CommandException.Usage($"--snapshot-quota {quota} is negative.", "Give 0 or more."),
            SnapshotBytesMax = parse.GetValue(_snapshotSizeQuota) is { } size
                ? ByteSize.ParseBytes(size, 1L << 30)
                : long.MaxValue,
            StrictSizes = parse.GetValue(_strictSizes),
            StrictInstances = parse.GetValue(_strictInstances),
            EnforcePerformance = parse.GetValue(_enforcePerformance),
            KeepDeleted = parse.GetValue(_keepDeleted) is { } time ? TimeLength.Parse(time) : TimeSpan.Zero,
            KeepsSafetySnapshots = !parse.GetValue(_noSafetySnapshots),
        };
    }
}
