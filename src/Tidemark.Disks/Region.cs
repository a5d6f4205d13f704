namespace Tidemark.Disks;

/// <summary>A region of this server: resources of one are not seen from another.</summary>
/// <param name="Name">For example <c>local</c> or <c>ap-guangzhou</c>.</param>
/// <param name="Zones">At least one; the first is the default.</param>
public sealed record Region(string Name, IReadOnlyList<string> Zones);
