namespace Tidemark.Client;

/// <summary>The members of DescribeServer that the commands use.</summary>
/// <param name="Version">The server's version.</param>
/// <param name="Region">Its region.</param>
/// <param name="Zones">Its zones, at least one.</param>
/// <param name="NbdAddresses">Where its disks are, as tcp:ADDRESS:PORT or unix:PATH.</param>
internal sealed record ServerDescription(
    string Version, string Region, IReadOnlyList<string> Zones, IReadOnlyList<string> NbdAddresses);
