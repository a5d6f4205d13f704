namespace Tidemark.Disks.Tests;

/// <summary>Expects that the domain refuses.</summary>
internal static class Refusal
{
    public static DomainException Of(string code, Action action)
    {
        var refusal = Assert.Throws<DomainException>(action);
        Assert.Equal(code, refusal.Code);
        Assert.NotEmpty(refusal.Message);
        return refusal;
    }
}
