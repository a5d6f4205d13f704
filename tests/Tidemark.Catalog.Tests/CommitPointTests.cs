using Tidemark.Catalog.Schema;

namespace Tidemark.Catalog.Tests;

/// <summary>A process that ends at a point of a commit leaves all of it or nothing, and a catalog that opens.</summary>
public sealed class CommitPointTests
{
    [Fact]
    public void A_commit_goes_through_its_points_in_order()
    {
        using var folder = new TemporaryFolder();
        var points = new List<CommitPoint>();
        using (var catalog = SqlCatalog.Open(new() { DataDirectory = folder.Path, OnPoint = points.Add }))
            catalog.Commit(_ => { });

        Assert.Equal(Enum.GetValues<CommitPoint>(), points);
    }

    [Theory]
    [InlineData(CommitPoint.Begun, 0)]
    [InlineData(CommitPoint.Changed, 0)]
    [InlineData(CommitPoint.Committed, 1)]
    [InlineData(CommitPoint.Journaled, 1)]
    public void What_is_left_of_a_commit_that_ended_at_a_point(CommitPoint ended, int tagCount)
    {
        using var folder = new TemporaryFolder();
        TemporaryFolder? left = null;
        void End(CommitPoint point)
        {
            if (point != ended)
                return;
            left = folder.Copy();
            throw new TimeoutException("The process ended.");
        }

        using (var catalog = SqlCatalog.Open(new() { DataDirectory = folder.Path, OnPoint = End }))
        {
            Assert.Throws<TimeoutException>(() => catalog.Commit(
                transaction => SqlTransaction.Of(transaction).Put(CatalogTables.Tags, "disk-1", "team", "db")));
        }

        Assert.NotNull(left);
        using (left)
        using (var again = SqlCatalog.Open(new() { DataDirectory = left.Path }))
        {
            Assert.Equal(tagCount, again.Read(reader => reader.Number("SELECT count(*) FROM tags")));
            again.Commit(transaction => SqlTransaction.Of(transaction).Put(CatalogTables.Tags, "disk-2", "team", "db"));
            Assert.Equal(tagCount + 1, again.Read(reader => reader.Number("SELECT count(*) FROM tags")));
        }
    }
}
