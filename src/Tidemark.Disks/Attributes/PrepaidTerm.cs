namespace Tidemark.Disks.Attributes;

/// <summary>For how long a disk is paid; nothing is billed.</summary>
/// <param name="Period">Months: 1 to 12, 24 or 36.</param>
/// <param name="RenewFlag">What happens at the end; null leaves it as it is.</param>
public sealed record PrepaidTerm(long? Period, string? RenewFlag);
