namespace Tidemark.Api.Tests.Kills;

/// <summary>The simulated process ended; nothing that it does from here on lasts.</summary>
internal sealed class ProcessEndedException() : Exception("The simulated process has ended.");
