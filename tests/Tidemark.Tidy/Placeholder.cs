namespace Tidemark.Tidy;

public sealed class Placeholder
{
    [Fact]
    public void One() => Assert.Equal(2, 1 + 1);
}
