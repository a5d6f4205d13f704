namespace Tidemark.Tidy;

public sealed class ExceptionListTests
{
    [Fact]
    public void Each_exception_has_a_rule_a_place_and_a_reason() =>
        Assert.All(ExceptionList.Entries, entry => Assert.Equal(3, entry.Length));

    [Fact]
    public void The_list_of_exceptions_only_shrinks() =>
        Assert.InRange(ExceptionList.Entries.Count, 0, ExceptionList.EntryCountMax);
}
