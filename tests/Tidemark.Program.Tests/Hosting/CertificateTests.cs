using System.Security.Cryptography.X509Certificates;
using Tidemark.Hosting;
using Tidemark.Hosting.Tls;
using Tidemark.Output;

namespace Tidemark.Program.Tests.Hosting;

[System.Runtime.Versioning.SupportedOSPlatform("linux")]
public sealed class CertificateTests : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly TestFolder _folder = new();
    private readonly StandingClock _clock = new();
    private readonly StringWriter _log = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void An_authority_is_made_once_and_its_key_is_its_owners()
    {
        var made = CertificateAuthority.OpenOrCreate(_folder.Path, _clock);
        var read = CertificateAuthority.OpenOrCreate(_folder.Path, _clock);

        Assert.Equal(made.Certificate.Thumbprint, read.Certificate.Thumbprint);
        Assert.True(read.Certificate.HasPrivateKey);
        Assert.Equal(OwnerOnly, File.GetUnixFileMode(_folder.File("ca.key")));
        Assert.Equal(
            OwnerOnly | UnixFileMode.GroupRead | UnixFileMode.OtherRead, File.GetUnixFileMode(_folder.File("ca.pem")));
        Assert.DoesNotContain("PRIVATE", File.ReadAllText(made.Path), StringComparison.Ordinal);
    }

    [Fact]
    public void An_authority_without_its_key_is_not_replaced_silently()
    {
        CertificateAuthority.OpenOrCreate(_folder.Path, _clock);
        File.Delete(_folder.File("ca.key"));

        var refusal = Assert.Throws<CommandException>(() => CertificateAuthority.OpenOrCreate(_folder.Path, _clock));

        Assert.Contains("ca.key", refusal.NextStep, StringComparison.Ordinal);
    }

    [Fact]
    public void A_certificate_is_kept_over_restarts_and_trusted_by_whoever_trusts_the_authority()
    {
        var authority = CertificateAuthority.OpenOrCreate(_folder.Path, _clock);

        var first = Own(authority, "localhost", "10.0.0.7").Current().TargetCertificate;
        var second = Own(authority, "localhost", "10.0.0.7").Current().TargetCertificate;
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.ImportFromPemFile(authority.Path);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.VerificationTime = _clock.Now.UtcDateTime;

        Assert.Equal(first.Thumbprint, second.Thumbprint);
        Assert.True(
            chain.Build(second), string.Join(' ', chain.ChainStatus.Select(status => status.StatusInformation)));
        Assert.True(second.MatchesHostname("localhost") && second.MatchesHostname("10.0.0.7"));
        Assert.False(second.MatchesHostname("example.org"));
        Assert.Equal(OwnerOnly, File.GetUnixFileMode(_folder.File("server.pem")));
    }

    [Fact]
    public void A_new_name_makes_a_new_certificate()
    {
        var authority = CertificateAuthority.OpenOrCreate(_folder.Path, _clock);
        Own(authority, "localhost");

        var added = Own(authority, "localhost", "disks.example.org").Current().TargetCertificate;

        Assert.True(added.MatchesHostname("disks.example.org"));
    }

    [Fact]
    public void A_certificate_is_renewed_before_its_end_while_the_server_runs()
    {
        var authority = CertificateAuthority.OpenOrCreate(_folder.Path, _clock);
        var own = Own(authority, "localhost");
        var first = own.Current().TargetCertificate;

        _clock.Now = first.NotAfter.ToUniversalTime() - OwnCertificate.RenewalTime - TimeSpan.FromMinutes(1);
        var kept = own.Current().TargetCertificate;
        _clock.Now += TimeSpan.FromMinutes(2);
        var renewed = own.Current().TargetCertificate;

        Assert.Same(first, kept);
        Assert.True(renewed.NotAfter > first.NotAfter);
        Assert.Equal(renewed.Thumbprint, Own(authority, "localhost").Current().TargetCertificate.Thumbprint);
        // At the authority's end no certificate can last longer: none is made at every connection.
        _clock.Now = authority.Certificate.NotAfter.ToUniversalTime() - TimeSpan.FromDays(2);
        Assert.Same(own.Current(), own.Current());
    }

    [Fact]
    public void A_given_certificate_is_read_again_when_its_files_change()
    {
        var (certificate, key) = (_folder.File("given.pem"), _folder.File("given.key"));
        WriteGiven(certificate, key, "one");
        var given = new GivenCertificate(certificate, key, Log, _clock);
        var first = given.Current().TargetCertificate;

        WriteGiven(certificate, key, "two");
        File.SetLastWriteTimeUtc(certificate, new DateTime(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        var soon = given.Current().TargetCertificate;
        _clock.Now += TimeSpan.FromMinutes(2);
        var later = given.Current().TargetCertificate;
        File.WriteAllText(certificate, "nonsense");
        _clock.Now += TimeSpan.FromMinutes(2);
        var last = given.Current().TargetCertificate;

        Assert.Same(first, soon);
        Assert.NotEqual(first.Thumbprint, later.Thumbprint);
        Assert.Same(later, last);
        Assert.Contains("cannot be read", _log.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Files_that_are_no_certificate_are_named()
    {
        File.WriteAllText(_folder.File("a"), "nonsense");

        var refusal = Assert.Throws<CommandException>(
            () => new GivenCertificate(_folder.File("a"), _folder.File("b"), Log, _clock));

        Assert.Equal(ExitCode.Usage, refusal.ExitCode);
        Assert.Contains(_folder.File("a"), refusal.Message, StringComparison.Ordinal);
    }

    private ServerLog Log => new(_log, _clock);

    private OwnCertificate Own(CertificateAuthority authority, params string[] names) =>
        new(authority, _folder.Path, names, Log, _clock);

    private void WriteGiven(string certificate, string key, string name)
    {
        var authority = CertificateAuthority.OpenOrCreate(_folder.File(name), _clock);
        using var issued = authority.Issue(["localhost"], TimeSpan.FromDays(9), _clock.Now);
        using var pair = issued.GetECDsaPrivateKey();
        File.WriteAllText(
            certificate, issued.ExportCertificatePem() + "\n" + authority.Certificate.ExportCertificatePem());
        File.WriteAllText(key, pair!.ExportPkcs8PrivateKeyPem());
    }
}
