namespace Tidemark.Disks.Tests;

/// <summary>Ends an action in its midst, as a killed process would: nothing in the product knows it.</summary>
internal sealed class PlannedEnd : Exception;
