namespace Tidemark.Api.Tests.Kills;

/// <summary>A request during which a server is ended at every point.</summary>
/// <param name="Action">The action.</param>
/// <param name="Body">Its members; <c>$DISK</c> and the like are names of <see cref="Actions.World"/>.</param>
internal sealed record KillCase(string Action, string Body)
{
    /// <summary>
    /// Whether it may be left half done, to be finished by a repeated request. Otherwise everything or nothing of it
    /// has happened.
    /// </summary>
    public bool IsResumed { get; init; }

    /// <summary>
    /// Whether it first keeps what it replaces as a snapshot, which may be there although nothing was replaced then.
    /// </summary>
    public bool KeepsFirst { get; init; }

    /// <summary>What is called before, and not killed.</summary>
    public (string Action, string Body)? Before { get; init; }

    /// <summary>Whether the server keeps for a while what is deleted.</summary>
    public bool KeepsDeleted { get; init; }

    /// <summary>The action that makes what the body names, when the table may lack it.</summary>
    public string? Needs { get; init; }

    public override string ToString() => $"{Action} {Body}{(KeepsDeleted ? " kept" : "")}";
}
