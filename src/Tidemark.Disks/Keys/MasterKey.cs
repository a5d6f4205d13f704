using System.Security.Cryptography;
using System.Text;

namespace Tidemark.Disks.Keys;

/// <summary>
/// The key that secrets in the catalog are sealed with: 32 bytes in a file of their own, so that a copy of the catalog
/// alone betrays nothing. AES-256-GCM.
/// </summary>
public sealed class MasterKey
{
    private const int KeyBytes = 32;
    private const int NonceBytes = 12;
    private const int AuthenticatorBytes = 16;
    private const byte FormatVersion = 1;

    private readonly byte[] _key;

    private MasterKey(byte[] key) => _key = key;

    /// <summary>Reads the key of a file, or draws one and writes it with mode 0600.</summary>
    /// <exception cref="IOException">
    /// The file is there and is not a master key, or it cannot be read or written.
    /// </exception>
    public static MasterKey OpenOrCreate(string path, FillRandom random)
    {
        if (!File.Exists(path))
        {
            var drawn = Draw(random);
            PrivateFile.Write(path, drawn._key);
            return drawn;
        }

        var key = File.ReadAllBytes(path);
        return key.Length == KeyBytes
            ? new MasterKey(key)
            : throw new IOException(
                $"{path} has {key.Length} bytes, a master key has {KeyBytes}. Restore it from a backup; without it " +
                "the keys in the catalog cannot be read and must be made anew.");
    }

    /// <summary>A key that is kept nowhere.</summary>
    public static MasterKey Draw(FillRandom random)
    {
        var key = new byte[KeyBytes];
        random(key);
        return new MasterKey(key);
    }

    /// <summary>Seals a text; <paramref name="context"/> must be the same to open it.</summary>
    internal byte[] Seal(string secret, string context, FillRandom random)
    {
        var plain = Encoding.UTF8.GetBytes(secret);
        var envelope = new byte[1 + NonceBytes + AuthenticatorBytes + plain.Length];
        envelope[0] = FormatVersion;
        var nonce = envelope.AsSpan(1, NonceBytes);
        random(nonce);
        using var cipher = new AesGcm(_key, AuthenticatorBytes);
        cipher.Encrypt(
            nonce,
            plain,
            envelope.AsSpan(1 + NonceBytes + AuthenticatorBytes),
            envelope.AsSpan(1 + NonceBytes, AuthenticatorBytes),
            Encoding.UTF8.GetBytes(context));
        return envelope;
    }

    /// <summary>
    /// Opens what <see cref="Seal"/> sealed; null when it was sealed with another key, for another context, or damaged.
    /// </summary>
    internal string? Open(ReadOnlySpan<byte> envelope, string context)
    {
        if (envelope.Length < 1 + NonceBytes + AuthenticatorBytes || envelope[0] != FormatVersion)
            return null;
        var plain = new byte[envelope.Length - 1 - NonceBytes - AuthenticatorBytes];
        using var cipher = new AesGcm(_key, AuthenticatorBytes);
        try
        {
            cipher.Decrypt(
                envelope.Slice(1, NonceBytes),
                envelope[(1 + NonceBytes + AuthenticatorBytes)..],
                envelope.Slice(1 + NonceBytes, AuthenticatorBytes),
                plain,
                Encoding.UTF8.GetBytes(context));
            return Encoding.UTF8.GetString(plain);
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }
}
