using Tidemark.Disks.Accounts;

namespace Tidemark.Api.Tests.Server;

/// <summary>Whose key signs a request, and for which region; an empty region sends none.</summary>
internal sealed record SentAs(string AccountId, string SecretId, string SecretKey, string Region)
{
    /// <summary>The first account in the first region.</summary>
    public static readonly SentAs First = new(
        Scope.FirstAccountId, TestSigner.KnownId, TestSigner.KnownKey, "local");
}
