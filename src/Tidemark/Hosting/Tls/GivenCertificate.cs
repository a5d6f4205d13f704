using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Tidemark.Output;

namespace Tidemark.Hosting.Tls;

/// <summary>
/// A certificate and its key from files that somebody else keeps. They are read again when they have changed, so that
/// whoever renews them need not restart the server.
/// </summary>
internal sealed class GivenCertificate
{
    private static readonly TimeSpan LookTime = TimeSpan.FromMinutes(1);

    private readonly string _certificatePath;
    private readonly string _keyPath;
    private readonly ServerLog _log;
    private readonly TimeProvider _time;

    // Guards the rest.
    private readonly Lock _lock = new();
    private SslStreamCertificateContext _context;
    private DateTime _writeTime;
    private DateTimeOffset _lookTime;

    /// <summary>Reads the files.</summary>
    /// <exception cref="CommandException">They are not a certificate and its key.</exception>
    public GivenCertificate(string certificatePath, string keyPath, ServerLog log, TimeProvider time)
    {
        _certificatePath = certificatePath;
        _keyPath = keyPath;
        _log = log;
        _time = time;
        _writeTime = WriteTime();
        _lookTime = time.GetUtcNow();
        try
        {
            _context = Read();
        }
        catch (Exception failure) when (IsUnreadable(failure))
        {
            throw new CommandException(
                ExitCode.Usage,
                "CertificateNotReadable",
                $"{certificatePath} and {keyPath} are not a certificate and its key: {failure.Message}",
                "Give PEM files: --tls-cert with the certificate and its chain, --tls-key with the key, not encrypted.",
                failure);
        }
    }

    /// <summary>The certificate to show now.</summary>
    public SslStreamCertificateContext Current()
    {
        lock (_lock)
        {
            var now = _time.GetUtcNow();
            if (now - _lookTime < LookTime)
                return _context;
            _lookTime = now;
            if (WriteTime() is var written && written != _writeTime)
                ReadAgain(written);
            return _context;
        }
    }

    private void ReadAgain(DateTime written)
    {
        try
        {
            _context = Read();
            _writeTime = written;
            _log.Note($"{_certificatePath} has changed and is shown from now on.");
        }
        catch (Exception failure) when (IsUnreadable(failure))
        {
            // Perhaps only one of the two is written yet: the next look tells.
            _log.Error($"{_certificatePath} has changed and cannot be read: {failure.Message}");
        }
    }

    private SslStreamCertificateContext Read()
    {
        var certificate = X509Certificate2.CreateFromPemFile(_certificatePath, _keyPath);
        var chain = new X509Certificate2Collection();
        chain.ImportFromPemFile(_certificatePath);
        return SslStreamCertificateContext.Create(certificate, chain, offline: true);
    }

    private static bool IsUnreadable(Exception failure) =>
        failure is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException;

    private DateTime WriteTime()
    {
        var certificate = File.GetLastWriteTimeUtc(_certificatePath);
        var key = File.GetLastWriteTimeUtc(_keyPath);
        return certificate > key ? certificate : key;
    }
}
