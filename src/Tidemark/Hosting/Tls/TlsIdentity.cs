using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Tidemark.Hosting.Tls;

/// <summary>What the server shows to clients that connect by TLS, and how they can know it.</summary>
/// <param name="Certificate">The certificate to show now; asked for at each connection.</param>
/// <param name="CaFile">The file of the authority that clients must trust; null when the certificate was given.</param>
/// <param name="Fingerprint">SHA-256 of the authority, or of the given certificate: hexadecimal, in pairs.</param>
internal sealed record TlsIdentity(Func<SslStreamCertificateContext> Certificate, string? CaFile, string Fingerprint)
{
    /// <summary>Reads what was given, or makes what is missing in the data folder.</summary>
    public static TlsIdentity Open(ServerSettings settings, TlsSettings tls, ServerLog log, TimeProvider time)
    {
        if (tls is { CertificatePath: { } certificatePath, KeyPath: { } keyPath })
        {
            var given = new GivenCertificate(certificatePath, keyPath, log, time);
            return new TlsIdentity(given.Current, null, FingerprintOf(given.Current().TargetCertificate));
        }

        var folder = DataFolderFiles.Tls(settings.DataFolder);
        var authority = CertificateAuthority.OpenOrCreate(folder, time);
        var own = new OwnCertificate(authority, folder, Names(settings, tls), log, time);
        return new TlsIdentity(own.Current, authority.Path, FingerprintOf(authority.Certificate));
    }

    private static string FingerprintOf(X509Certificate2 certificate) => string.Join(
        ':', certificate.GetCertHash(HashAlgorithmName.SHA256).Select(value => $"{value:X2}"));

    // What a client on this machine, or elsewhere, may call the server.
    private static List<string> Names(ServerSettings settings, TlsSettings tls)
    {
        var addresses = settings.Listen.Select(endPoint => endPoint.Address)
            .Where(address => !address.Equals(IPAddress.Any) && !address.Equals(IPAddress.IPv6Any))
            .Select(address => address.ToString());
        string[] all = ["localhost", "127.0.0.1", "::1", Dns.GetHostName(), .. addresses, .. tls.Names];
        return [.. all.Select(name => name.ToLowerInvariant()).Distinct(StringComparer.Ordinal)];
    }
}
