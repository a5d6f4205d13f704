using System.CommandLine;
using Tidemark.Hosting.Tls;
using Tidemark.Output;

namespace Tidemark.Verbs;

/// <summary>The options of a server about HTTPS.</summary>
internal sealed class TlsOptions
{
    private readonly Option<bool> _own = new("--tls")
    {
        Description = "serve the API by HTTPS, with a certificate that the server makes for itself",
    };

    private readonly Option<string[]> _name = new("--tls-name")
    {
        Description = "a host name or address that the own certificate is for as well; repeatable",
        HelpName = "NAME",
    };

    private readonly Option<string?> _certificate = new("--tls-cert")
    {
        Description = "serve the API by HTTPS with this certificate and its chain, in PEM",
        HelpName = "FILE",
    };

    private readonly Option<string?> _key = new("--tls-key")
    {
        Description = "the key of --tls-cert, in PEM",
        HelpName = "FILE",
    };

    /// <summary>All of them, for a verb to declare.</summary>
    public IReadOnlyList<Option> All => [_own, _name, _certificate, _key];

    /// <summary>What they say; null for plain HTTP.</summary>
    public TlsSettings? Read(ParseResult parse)
    {
        var certificate = parse.GetValue(_certificate);
        var key = parse.GetValue(_key);
        var names = parse.GetValue(_name) ?? [];
        var isOwn = parse.GetValue(_own);
        if (certificate is null != key is null)
        {
            throw CommandException.Usage(
                "--tls-cert and --tls-key belong together.", "Give both, or --tls for a certificate of its own.");
        }

        if (certificate is not null && (isOwn || names.Length > 0))
        {
            throw CommandException.Usage(
                "--tls and --tls-name are for a certificate of the server's own, and --tls-cert gives one.",
                "Leave one of them out.");
        }

        if (names.Length > 0 && !isOwn)
            throw CommandException.Usage("--tls-name has a meaning only with --tls.", "Add --tls.");
        if (names.FirstOrDefault(name => !IsHostName(name)) is { } wrong)
        {
            throw CommandException.Usage(
                $"'{wrong}' is neither a host name nor an address.", "Write it like disks.example.org or 10.0.0.7.");
        }

        return isOwn || certificate is not null
            ? new TlsSettings { CertificatePath = certificate, KeyPath = key, Names = names }
            : null;
    }

    private static bool IsHostName(string name) => Uri.CheckHostName(name.StartsWith("*.", StringComparison.Ordinal)
        ? name[2..]
        : name) is UriHostNameType.Dns or UriHostNameType.IPv4 or UriHostNameType.IPv6;
}
