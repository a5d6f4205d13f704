using Tidemark.Disks.Policies;

namespace Tidemark.Api.Actions.PolicyActions;

/// <summary>The counts of a retention that thins out with age.</summary>
internal sealed class WireAdvancedRetention(AdvancedRetention retention)
{
    public int Days => retention.Days;

    public int Weeks => retention.Weeks;

    public int Months => retention.Months;

    public int Years => retention.Years;
}
