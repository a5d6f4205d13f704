using Tidemark.Api.Wire;

namespace Tidemark.Api.Actions;

/// <summary>One action: what it is called, what it takes and answers, and what runs it.</summary>
/// <param name="Name">The name, unique over all services.</param>
/// <param name="Run">
/// Validates and executes; refusals are <see cref="ApiException"/> or the domain's exception.
/// </param>
/// <param name="Response">The type of the answer.</param>
/// <param name="Summary">What it does, in one or two sentences.</param>
internal sealed record ApiAction(string Name, Func<ActionCall, ApiResponse> Run, Type Response, string Summary)
{
    /// <summary>The rate of an action for which the API documents none of its own, in requests a second.</summary>
    private const int UsualRate = 20;

    /// <summary>The product that it belongs to.</summary>
    public CloudProduct Product { get; init; } = CloudProduct.Cbs;

    /// <summary>Whether it is of this server alone, and not part of the cloud's API.</summary>
    public bool IsExtension { get; init; }

    /// <summary>Whether it changes something; a key that may only look is refused.</summary>
    public bool IsMutating { get; init; }

    /// <summary>Whether it needs no region that is served here; actions of STS and TAG never do.</summary>
    public bool IsGlobal { get; init; }

    /// <summary>The documented rate for each key.</summary>
    public int RequestsPerSecond { get; init; } = UsualRate;

    /// <summary>What a request may have.</summary>
    public IReadOnlyList<ApiParameter> Parameters { get; init; } = [];
}
