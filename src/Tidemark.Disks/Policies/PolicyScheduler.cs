using System.Globalization;
using Tidemark.Disks.Snapshots;

namespace Tidemark.Disks.Policies;

/// <summary>Runs the policies whose time has come.</summary>
internal sealed class PolicyScheduler(DomainParts parts, SnapshotOperations snapshots)
{
    private const int DueMax = 100;

    // Other chores wait meanwhile.
    private static readonly TimeSpan TurnMax = TimeSpan.FromSeconds(1);

    /// <summary>Runs them, for about a second.</summary>
    /// <returns>Whether more of them wait.</returns>
    /// <exception cref="AggregateException">Some could not be concluded; they are tried again.</exception>
    public bool RunDue()
    {
        var now = parts.Now;
        var due = parts.Catalog.Read(reader => PolicyTable.Due(reader, now, DueMax));
        var start = parts.Options.Time.GetTimestamp();
        var problems = new List<Exception>();
        var doneCount = 0;
        foreach (var policy in due)
        {
            try
            {
                new PolicyRun(parts, snapshots, policy, now).Carry();
            }
            catch (Exception problem)
            {
                // Whatever is wrong with one policy, the others are run.
                problems.Add(new InvalidOperationException($"Policy {policy.PolicyId} did not run.", problem));
            }

            doneCount++;
            if (parts.Options.Time.GetElapsedTime(start) > TurnMax)
                break;
        }

        if (problems.Count > 0)
        {
            throw new AggregateException(string.Create(
                CultureInfo.InvariantCulture, $"{problems.Count} of {due.Count} policies did not run."), problems);
        }

        return doneCount < due.Count || due.Count == DueMax;
    }
}
