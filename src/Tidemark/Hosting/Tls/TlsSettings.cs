namespace Tidemark.Hosting.Tls;

/// <summary>How the API is served over TLS: with a certificate that was given, or with one of its own.</summary>
internal sealed record TlsSettings
{
    /// <summary>A PEM file with the certificate and those between it and its root; null for an own one.</summary>
    public string? CertificatePath { get; init; }

    /// <summary>A PEM file with the certificate's key, not encrypted.</summary>
    public string? KeyPath { get; init; }

    /// <summary>Host names and addresses that an own certificate is for, besides those of this machine.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];
}
