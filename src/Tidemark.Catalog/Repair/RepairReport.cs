namespace Tidemark.Catalog.Repair;

/// <summary>What a repair did.</summary>
/// <param name="Source">What the catalog was rebuilt from.</param>
/// <param name="Generation">The generation that it has now.</param>
/// <param name="OperationCount">Operations carried out from the journal.</param>
/// <param name="KeptFiles">Where the old files are now.</param>
/// <param name="Problems">What could not be read, in words.</param>
public sealed record RepairReport(
    string Source,
    long Generation,
    long OperationCount,
    IReadOnlyList<string> KeptFiles,
    IReadOnlyList<string> Problems);
