namespace Tidemark.Client;

/// <summary>The answer to CreateAccount.</summary>
internal sealed record AccountIdAnswer(string AccountId);
