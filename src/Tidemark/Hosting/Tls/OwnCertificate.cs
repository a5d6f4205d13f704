using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Tidemark.Disks.Keys;

namespace Tidemark.Hosting.Tls;

/// <summary>
/// The server's certificate from its own authority: kept in <c>server.pem</c> beside it, made anew when names were
/// added or its end is near, while the server runs too.
/// </summary>
internal sealed class OwnCertificate
{
    /// <summary>How long before its end a certificate is replaced.</summary>
    public static readonly TimeSpan RenewalTime = TimeSpan.FromDays(30);

    // The most that clients of the web accept.
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(397);

    private readonly CertificateAuthority _authority;
    private readonly string _path;
    private readonly IReadOnlyList<string> _names;
    private readonly ServerLog _log;
    private readonly TimeProvider _time;

    // Guards _context.
    private readonly Lock _lock = new();
    private SslStreamCertificateContext _context;

    /// <summary>Reads the certificate of a folder, or makes one.</summary>
    public OwnCertificate(
        CertificateAuthority authority,
        string folder,
        IReadOnlyList<string> names,
        ServerLog log,
        TimeProvider time)
    {
        _authority = authority;
        _path = Path.Combine(folder, "server.pem");
        _names = names;
        _log = log;
        _time = time;
        _context = ContextOf(Read() ?? Make());
    }

    /// <summary>The certificate to show now.</summary>
    public SslStreamCertificateContext Current()
    {
        lock (_lock)
        {
            if (IsNearItsEnd(_context.TargetCertificate))
                _context = ContextOf(Make());
            return _context;
        }
    }

    private static SslStreamCertificateContext ContextOf(X509Certificate2 certificate) =>
        SslStreamCertificateContext.Create(certificate, additionalCertificates: null, offline: true);

    private bool IsNearItsEnd(X509Certificate2 certificate)
    {
        // One that ends with its authority cannot be made to last longer.
        DateTimeOffset last = certificate.NotAfter;
        return _time.GetUtcNow() + RenewalTime >= last && last < _authority.Certificate.NotAfter;
    }

    // Null when there is none, or when it does not fit any more.
    private X509Certificate2? Read()
    {
        if (!File.Exists(_path))
            return null;
        try
        {
            var found = X509Certificate2.CreateFromPemFile(_path);
            var isFitting = found.Issuer == _authority.Certificate.Subject
                && !IsNearItsEnd(found)
                && NamesOf(found).SetEquals(_names);
            return isFitting ? found : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static HashSet<string> NamesOf(X509Certificate2 certificate)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var extension in certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>())
        {
            names.UnionWith(extension.EnumerateDnsNames());
            names.UnionWith(extension.EnumerateIPAddresses().Select(address => address.ToString()));
        }

        return names;
    }

    private X509Certificate2 Make()
    {
        var made = _authority.Issue(_names, Lifetime, _time.GetUtcNow());
        using var key = made.GetECDsaPrivateKey();
        var text = $"{made.ExportCertificatePem()}\n{key?.ExportPkcs8PrivateKeyPem()}\n";
        try
        {
            PrivateFile.Write(_path, Encoding.ASCII.GetBytes(text));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // It serves from memory until the next start makes another.
            _log.Error($"The new certificate cannot be kept in {_path}: {failure.Message}");
        }

        _log.Note($"A certificate for {string.Join(", ", _names)} was made, good until {made.NotAfter:yyyy-MM-dd}.");
        return made;
    }
}
