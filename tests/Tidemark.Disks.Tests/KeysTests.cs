using Tidemark.Disks.Keys;

namespace Tidemark.Disks.Tests;

[System.Runtime.Versioning.SupportedOSPlatform("linux")]
public sealed class KeysTests : IDisposable
{
    private readonly TestServer _server = new();

    public void Dispose() => _server.Dispose();

    [Fact]
    public void A_first_key_is_drawn_once_and_found_after_a_restart()
    {
        var key = _server.Domain.Keys.EnsureFirst(null);
        Assert.Equal(key, _server.Domain.Keys.EnsureFirst(null));

        _server.Restart();

        Assert.Matches("^AKID[A-Za-z0-9]{32}$", key.SecretId);
        Assert.Matches("^[A-Za-z0-9]{32}$", key.SecretKey);
        Assert.Equal(key.SecretKey, _server.Domain.Keys.FindSecretKey(key.SecretId));
        Assert.Equal(key, _server.Domain.Keys.EnsureFirst(null));
        Assert.Null(_server.Domain.Keys.FindSecretKey("AKIDother"));
    }

    [Fact]
    public void A_given_key_is_kept_and_its_new_secret_replaces_the_old()
    {
        _server.Domain.Keys.EnsureFirst(new AccessKey("me", "one"));
        _server.Domain.Keys.EnsureFirst(new AccessKey("me", "two"));

        _server.Restart();

        Assert.Equal("two", _server.Domain.Keys.FindSecretKey("me"));
    }

    [Theory]
    [InlineData("", "x")]
    [InlineData("x", "")]
    [InlineData("with space", "x")]
    [InlineData("x", "ключ")]
    public void A_given_key_must_be_plain(string secretId, string secretKey) => Refusal.Of(
        ErrorCode.InvalidParameterValue, () => _server.Domain.Keys.EnsureFirst(new AccessKey(secretId, secretKey)));

    [Fact]
    public void Secrets_lie_nowhere_in_the_clear()
    {
        var key = _server.Domain.Keys.EnsureFirst(null);
        _server.Catalog.CopyDaily(new DateOnly(2026, 3, 4));

        foreach (var file in Directory.EnumerateFiles(_server.FolderPath, "*", SearchOption.AllDirectories))
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(stream, System.Text.Encoding.Latin1);
            Assert.DoesNotContain(key.SecretKey, reader.ReadToEnd(), StringComparison.Ordinal);
        }

        Assert.DoesNotContain(key.SecretKey, key.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_secret_opens_only_with_its_key_and_for_its_owner()
    {
        var one = MasterKey.Draw(System.Security.Cryptography.RandomNumberGenerator.Fill);
        var other = MasterKey.Draw(System.Security.Cryptography.RandomNumberGenerator.Fill);
        var envelope = one.Seal("secret", "me", System.Security.Cryptography.RandomNumberGenerator.Fill);

        Assert.Equal("secret", one.Open(envelope, "me"));
        Assert.Null(one.Open(envelope, "you"));
        Assert.Null(other.Open(envelope, "me"));
        for (var index = 0; index < envelope.Length; index++)
        {
            envelope[index] ^= 1;
            Assert.Null(one.Open(envelope, "me"));
            envelope[index] ^= 1;
        }
    }

    [Fact]
    public void A_master_key_is_made_once_for_its_owner_alone()
    {
        var path = Path.Combine(_server.FolderPath, "master.key");
        var made = MasterKey.OpenOrCreate(path, System.Security.Cryptography.RandomNumberGenerator.Fill);
        var envelope = made.Seal("secret", "me", System.Security.Cryptography.RandomNumberGenerator.Fill);

        var read = MasterKey.OpenOrCreate(path, System.Security.Cryptography.RandomNumberGenerator.Fill);

        Assert.Equal("secret", read.Open(envelope, "me"));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        File.WriteAllBytes(path, [1, 2, 3]);
        Assert.Throws<IOException>(
            () => MasterKey.OpenOrCreate(path, System.Security.Cryptography.RandomNumberGenerator.Fill));
    }

    [Fact]
    public void The_credentials_file_is_read_back_and_private()
    {
        var path = Path.Combine(_server.FolderPath, "credentials");
        var written = new CredentialsFile(new AccessKey("id", "a=b#c"), "local", "http://127.0.0.1:8780");

        written.Write(path);
        written.Write(path);

        Assert.Equal(written, CredentialsFile.Read(path));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        Assert.Null(CredentialsFile.Read(path + "none"));
        File.WriteAllText(path, "# secret_id = x\nsecret_key = y\n");
        Assert.Null(CredentialsFile.Read(path));
    }
}
