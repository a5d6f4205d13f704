namespace Tidemark.Engine;

/// <summary>One line for the log.</summary>
/// <param name="IsError">True when a person must look.</param>
/// <param name="Text">What happened, to what, and what to do.</param>
public readonly record struct EngineMessage(bool IsError, string Text);
