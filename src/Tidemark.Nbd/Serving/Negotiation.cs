namespace Tidemark.Nbd.Serving;

/// <summary>What a handshake agreed on. Whoever gets it owns the export.</summary>
/// <param name="Export">The chosen export.</param>
/// <param name="IsStructured">Whether replies are structured.</param>
/// <param name="Contexts">The selected meta contexts; the index is the context's id on the wire.</param>
internal sealed record Negotiation(Export Export, bool IsStructured, IReadOnlyList<string> Contexts);
