using System.Collections.Frozen;
using Tidemark.Api.Wire;

namespace Tidemark.Api.Actions;

/// <summary>Every action of this server by name. A new action is a file beside this one and a line here.</summary>
internal static class ActionTable
{
    /// <summary>The rate of an action for which the API documents none of its own, in requests a second.</summary>
    private const int UsualRate = 20;

    private static readonly FrozenDictionary<string, Entry> Entries = new Dictionary<string, Entry>
    {
        ["ApplySnapshot"] = new(ApplySnapshot.Run),
        ["CreateDisks"] = new(CreateDisks.Run),
        ["CreateSnapshot"] = new(CreateSnapshot.Run),
        ["DeleteSnapshots"] = new(DeleteSnapshots.Run),
        ["DescribeDisks"] = new(DescribeDisks.Run, 100),
        ["DescribeSnapshots"] = new(DescribeSnapshots.Run),
        ["ResizeDisk"] = new(ResizeDisk.Run),
        ["TerminateDisks"] = new(TerminateDisks.Run),

        // Extensions: the same style and signature, but not part of the CBS API.
        ["DescribeChangedBlocks"] = new(DescribeChangedBlocks.Run),
        ["DescribeEvents"] = new(DescribeEvents.Run),
        ["DescribeJobs"] = new(DescribeJobs.Run),
        ["DescribeServer"] = new(DescribeServer.Run),
        ["DescribeSnapshotSizes"] = new(DescribeSnapshotSizes.Run),
        ["StartCheck"] = new(StartCheck.Run),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The names, sorted.</summary>
    public static IEnumerable<string> Names => Entries.Keys.Order(StringComparer.Ordinal);

    /// <summary>The action of that name, or null.</summary>
    public static Entry? Find(string name) => Entries.GetValueOrDefault(name);

    /// <summary>One action.</summary>
    /// <param name="Run">
    /// Validates and executes; refusals are <see cref="ApiException"/> or the domain's exception.
    /// </param>
    /// <param name="RequestsPerSecond">The documented rate for each key.</param>
    internal sealed record Entry(Func<ActionCall, ApiResponse> Run, int RequestsPerSecond = UsualRate);
}
