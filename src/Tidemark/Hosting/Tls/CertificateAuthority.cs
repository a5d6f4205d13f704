using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Tidemark.Disks.Keys;
using Tidemark.Output;

namespace Tidemark.Hosting.Tls;

/// <summary>
/// The authority that signs this server's certificates: one for each data folder, made at first start. Clients trust
/// its certificate (<c>ca.pem</c>, for everybody to read); its key (<c>ca.key</c>) only its owner may read.
/// </summary>
internal sealed class CertificateAuthority
{
    private const int YearsMax = 10;
    private const int SerialBytes = 16;
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    // Clocks of clients may be a little behind.
    private static readonly TimeSpan Early = TimeSpan.FromHours(1);

    private CertificateAuthority(X509Certificate2 certificate, string path)
    {
        Certificate = certificate;
        Path = path;
    }

    /// <summary>Its certificate, with its key.</summary>
    public X509Certificate2 Certificate { get; }

    /// <summary>The file that clients must trust.</summary>
    public string Path { get; }

    /// <summary>Reads the authority of a folder, or makes one.</summary>
    /// <exception cref="CommandException">Its key is missing or cannot be read.</exception>
    public static CertificateAuthority OpenOrCreate(string folder, TimeProvider time)
    {
        var path = System.IO.Path.Combine(folder, "ca.pem");
        var keyPath = System.IO.Path.Combine(folder, "ca.key");
        // The certificate is written last: without it nobody has trusted the key yet.
        return File.Exists(path) ? Read(path, keyPath) : Create(path, keyPath, time);
    }

    /// <summary>A certificate, with its key, for a server of some names and addresses.</summary>
    public X509Certificate2 Issue(IReadOnlyList<string> names, TimeSpan lifetime, DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Tidemark server", key, HashAlgorithmName.SHA256);
        var alternatives = new SubjectAlternativeNameBuilder();
        foreach (var name in names)
        {
            if (IPAddress.TryParse(name, out var address))
                alternatives.AddIpAddress(address);
            else
                alternatives.AddDnsName(name);
        }

        request.CertificateExtensions.Add(alternatives.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, critical: true));
        request.CertificateExtensions.Add(
            new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(
            new X509EnhancedKeyUsageExtension([new Oid(ServerAuthentication)], critical: false));
        request.CertificateExtensions.Add(
            X509AuthorityKeyIdentifierExtension.CreateFromCertificate(Certificate, true, false));
        DateTimeOffset last = Certificate.NotAfter;
        var until = now + lifetime;
        using var issued = request.Create(
            Certificate, now - Early, until < last ? until : last, RandomNumberGenerator.GetBytes(SerialBytes));
        return issued.CopyWithPrivateKey(key);
    }

    private static CertificateAuthority Read(string path, string keyPath)
    {
        try
        {
            return new CertificateAuthority(X509Certificate2.CreateFromPemFile(path, keyPath), path);
        }
        catch (Exception failure) when (failure is CryptographicException or IOException)
        {
            throw new CommandException(
                ExitCode.Failed,
                "AuthorityNotReadable",
                $"{path} and {keyPath} cannot be read as a certificate and its key: {failure.Message}",
                $"Restore {keyPath} from a backup, or move both away: a new authority is made, which clients must "
                    + "then trust.",
                failure);
        }
    }

    private static CertificateAuthority Create(string path, string keyPath, TimeProvider time)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path) ?? "");
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var name = $"CN=Tidemark {Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4))}";
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, critical: true));
        request.CertificateExtensions.Add(
            new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        var now = time.GetUtcNow();
        var certificate = request.CreateSelfSigned(now - Early, now.AddYears(YearsMax));
        PrivateFile.Write(keyPath, Encoding.ASCII.GetBytes(key.ExportPkcs8PrivateKeyPem() + "\n"));
        PrivateFile.Write(path, Encoding.ASCII.GetBytes(certificate.ExportCertificatePem() + "\n"));
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite
                | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        }

        return new CertificateAuthority(certificate, path);
    }
}
