namespace Tidemark.Client;

/// <summary>The answer to DescribeJobs.</summary>
/// <param name="JobSet">The jobs.</param>
internal sealed record JobPage(IReadOnlyList<JobMembers> JobSet);
