namespace Tidemark.Api.Actions.SharingActions;

/// <summary>An account that a snapshot is shared with.</summary>
/// <param name="CreatedTime">Since when, as the API writes times.</param>
/// <param name="AccountId">The account.</param>
internal sealed record WireSharePermission(string CreatedTime, string AccountId);
