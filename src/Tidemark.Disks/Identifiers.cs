using System.Buffers;

namespace Tidemark.Disks;

/// <summary>Draws and recognises ids: a prefix and eight lower-case letters or digits.</summary>
/// <param name="random">Where they come from.</param>
internal sealed class Identifiers(FillRandom random)
{
    /// <summary>What disks' ids start with.</summary>
    public const string DiskPrefix = "disk-";

    /// <summary>What snapshots' ids start with.</summary>
    public const string SnapshotPrefix = "snap-";

    /// <summary>What instances' ids start with.</summary>
    public const string InstancePrefix = "ins-";

    /// <summary>What snapshot groups' ids start with.</summary>
    public const string GroupPrefix = "csnap-";

    /// <summary>What policies' ids start with.</summary>
    public const string PolicyPrefix = "asp-";

    /// <summary>What backup points' ids start with.</summary>
    public const string BackupPrefix = "dbp-";

    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz0123456789";
    private const string MixedAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private const string Digits = "0123456789";
    private const int SuffixLength = 8;
    private const int AccountIdLength = 12;
    private static readonly SearchValues<char> SuffixLetters = SearchValues.Create(Alphabet);

    // With 36^8 ids a second draw is rare; more than a few mean that the source is broken.
    private const int DrawsMax = 16;

    /// <summary>An id that nobody has.</summary>
    public string Draw(string prefix, Func<string, bool> isTaken)
    {
        for (var draw = 0; draw < DrawsMax; draw++)
        {
            var id = prefix + Letters(SuffixLength, Alphabet);
            if (!isTaken(id))
                return id;
        }

        throw new InvalidOperationException(
            $"{DrawsMax} ids drawn were all taken: the source of random bytes is broken.");
    }

    /// <summary>Letters of both cases and digits.</summary>
    public string Letters(int count) => Letters(count, MixedAlphabet);

    /// <summary>Twelve digits, the first of which is 1 as that of the server's own account.</summary>
    public string AccountId() => "1" + Letters(AccountIdLength - 1, Digits);

    /// <summary>Whether a text has the shape of an id with this prefix.</summary>
    public static bool IsWellFormed(string id, string prefix)
    {
        if (id.Length != prefix.Length + SuffixLength || !id.StartsWith(prefix, StringComparison.Ordinal))
            return false;
        return !id.AsSpan(prefix.Length).ContainsAnyExcept(SuffixLetters);
    }

    private string Letters(int count, string alphabet)
    {
        // Bytes at or above the largest multiple of the alphabet's length are drawn again, so that no letter is
        // likelier.
        var limit = byte.MaxValue + 1 - ((byte.MaxValue + 1) % alphabet.Length);
        var letters = new char[count];
        Span<byte> drawn = stackalloc byte[1];
        for (var index = 0; index < count;)
        {
            random(drawn);
            if (drawn[0] < limit)
                letters[index++] = alphabet[drawn[0] % alphabet.Length];
        }

        return new string(letters);
    }
}
