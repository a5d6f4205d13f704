namespace Tidemark.Api.Actions;

/// <summary>The types of a request's members.</summary>
internal enum ApiParameterKind
{
    /// <summary>A text.</summary>
    Text,

    /// <summary>A whole number, 0 or more; also accepted as text.</summary>
    Number,

    /// <summary>True or false; also accepted as text in any case.</summary>
    Flag,

    /// <summary>A list of texts.</summary>
    Texts,

    /// <summary>A list of whole numbers.</summary>
    Numbers,

    /// <summary>An object.</summary>
    Nested,

    /// <summary>A list of objects.</summary>
    Objects,
}
