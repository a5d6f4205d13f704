namespace Tidemark.Disks.Tests;

public sealed class IdentifiersTests
{
    [Theory]
    [InlineData("disk-abcd0129", true)]
    [InlineData("disk-abcd012", false)]
    [InlineData("disk-abcd01290", false)]
    [InlineData("disk-ABCD0129", false)]
    [InlineData("snap-abcd0129", false)]
    [InlineData("disk-abcd-129", false)]
    [InlineData("", false)]
    public void Shapes_are_recognised(string id, bool isWellFormed) =>
        Assert.Equal(isWellFormed, Identifiers.IsWellFormed(id, Identifiers.DiskPrefix));

    [Fact]
    public void Ids_that_are_taken_are_drawn_again()
    {
        var random = new Random(5);
        var identifiers = new Identifiers(random.NextBytes);
        var seen = new List<string>();

        var id = identifiers.Draw(Identifiers.DiskPrefix, candidate =>
        {
            seen.Add(candidate);
            return seen.Count < 3;
        });

        Assert.Equal(seen[2], id);
        Assert.True(Identifiers.IsWellFormed(id, Identifiers.DiskPrefix));
        Assert.Throws<InvalidOperationException>(() => identifiers.Draw(Identifiers.DiskPrefix, _ => true));
    }
}
