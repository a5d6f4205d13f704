namespace Tidemark.Client;

/// <summary>The answer to StartCheck.</summary>
/// <param name="JobId">The job to ask about.</param>
internal sealed record JobIdAnswer(string JobId);
