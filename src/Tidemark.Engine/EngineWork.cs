namespace Tidemark.Engine;

/// <summary>
/// A piece of background work begins or has ended; see <see cref="EngineOptions.OnWork"/>. Pieces follow each other
/// and never overlap. One that begins and does not end had nothing to do, or failed.
/// </summary>
/// <param name="Kind">What it is.</param>
/// <param name="HasEnded">False when it is about to begin.</param>
/// <param name="Bytes">
/// At the end: index bytes that were read or rewritten, or space given back; 0 where neither applies.
/// </param>
public readonly record struct EngineWork(EngineWorkKind Kind, bool HasEnded, long Bytes);
