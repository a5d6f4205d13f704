namespace Tidemark.Api.Actions;

/// <summary>
/// One member of a request, as an action declares it. What is not declared cannot be read, so the description that
/// clients are given is complete.
/// </summary>
/// <param name="Name">The member's name.</param>
/// <param name="Kind">Its type.</param>
/// <param name="Description">What it means, units and bounds included; one or two sentences.</param>
internal sealed record ApiParameter(string Name, ApiParameterKind Kind, string Description)
{
    /// <summary>Whether a request without it is refused.</summary>
    public bool IsRequired { get; private init; }

    /// <summary>The members of an object, or of each object of a list.</summary>
    public IReadOnlyList<ApiParameter> Members { get; private init; } = [];

    /// <summary>The only texts accepted; empty when any is.</summary>
    public IReadOnlyList<string> Choices { get; private init; } = [];

    /// <summary>The same, refused when absent.</summary>
    public ApiParameter Required => this with { IsRequired = true };

    /// <summary>A text.</summary>
    public static ApiParameter Text(string name, string description, params string[] choices) =>
        new(name, ApiParameterKind.Text, description) { Choices = choices };

    /// <summary>A whole number, 0 or more.</summary>
    public static ApiParameter Number(string name, string description) =>
        new(name, ApiParameterKind.Number, description);

    /// <summary>True or false.</summary>
    public static ApiParameter Flag(string name, string description) => new(name, ApiParameterKind.Flag, description);

    /// <summary>A list of texts.</summary>
    public static ApiParameter Texts(string name, string description) => new(name, ApiParameterKind.Texts, description);

    /// <summary>A list of whole numbers, 0 or more.</summary>
    public static ApiParameter Numbers(string name, string description) =>
        new(name, ApiParameterKind.Numbers, description);

    /// <summary>An object.</summary>
    public static ApiParameter Nested(string name, string description, params ApiParameter[] members) =>
        new(name, ApiParameterKind.Nested, description) { Members = members };

    /// <summary>A list of objects.</summary>
    public static ApiParameter Objects(string name, string description, params ApiParameter[] members) =>
        new(name, ApiParameterKind.Objects, description) { Members = members };
}
