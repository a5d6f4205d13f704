using System.Security.Cryptography;
using System.Text;

namespace Tidemark.Api.Tests;

/// <summary>Random numbers from TIDEMARK_SEED and a test's name; the output says how to get them again.</summary>
internal static class Seed
{
    public static Random Random(string test)
    {
        var text = Environment.GetEnvironmentVariable("TIDEMARK_SEED") is { Length: > 0 } given ? given : "tidemark";
        TestContext.Current.TestOutputHelper?.WriteLine($"TIDEMARK_SEED={text}");
        return new Random(BitConverter.ToInt32(SHA256.HashData(Encoding.UTF8.GetBytes($"{text}/{test}"))));
    }
}
