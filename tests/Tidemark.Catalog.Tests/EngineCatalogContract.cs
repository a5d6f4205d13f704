using Tidemark.Engine.Catalog;

namespace Tidemark.Catalog.Tests;

/// <summary>What every <see cref="EngineCatalog"/> must do. A derived class makes one, and may read it anew.</summary>
public abstract class EngineCatalogContract : IDisposable
{
    private static readonly DiskRow Disk = new("disk-aaaaaaaa", 1L << 30, 7, 55, 3, 2);
    private static readonly LayerRow Layer = new(7, "disk-aaaaaaaa", 4, true, 2, 10, long.MaxValue, 1L << 30);

    /// <summary>The catalog under test; the same content after <see cref="Reopen"/>.</summary>
    protected abstract EngineCatalog Catalog { get; }

    /// <summary>Closes and opens the catalog, when it is of a kind that outlives the process.</summary>
    protected virtual void Reopen()
    {
    }

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
    }

    [Fact]
    public void A_new_catalog_is_empty_and_its_counters_start()
    {
        Assert.Empty(Catalog.LoadDisks());
        Assert.Empty(Catalog.LoadLayers());
        Assert.Empty(Catalog.LoadSegments());
        Assert.Empty(Catalog.LoadChunks(1));
        Assert.Equal(new CounterRow(1, 1, 1, 0), Catalog.LoadCounters());
        Assert.NotEqual(Guid.Empty, Catalog.StoreId);
    }

    [Fact]
    public void Rows_come_back_as_they_were_put()
    {
        var segment = new SegmentRow("disk-aaaaaaaa", 9, 32L << 20, true);
        var chunk = Chunk(7, 1, 0) with { IsFooter = true, DataBlockCount = 5, ZeroBlockCount = 6 };
        var counters = new CounterRow(8, 10, 12, 4);

        Catalog.Commit(transaction =>
        {
            transaction.Put(Disk);
            transaction.Put(Layer);
            transaction.Put(chunk);
            transaction.Put(segment);
            transaction.Put(counters);
        });
        Reopen();

        Assert.Equal([Disk], Catalog.LoadDisks());
        Assert.Equal([Layer], Catalog.LoadLayers());
        Assert.Equal([chunk], Catalog.LoadChunks(7));
        Assert.Equal([segment], Catalog.LoadSegments());
        Assert.Equal(counters, Catalog.LoadCounters());
    }

    [Fact]
    public void A_put_replaces_the_row_with_the_same_key()
    {
        var changed = Disk with { SizeBytes = 2L << 30 };

        Catalog.Commit(transaction => transaction.Put(Disk));
        Catalog.Commit(transaction => transaction.Put(changed));

        Assert.Equal([changed], Catalog.LoadDisks());
    }

    [Fact]
    public void An_update_starts_from_what_earlier_transactions_wrote_and_keeps_the_other_columns()
    {
        Catalog.Commit(transaction =>
        {
            transaction.Put(Disk);
            transaction.Put(Layer);
        });
        Catalog.Commit(transaction =>
        {
            transaction.UpdateDisk(Disk.DiskId, row => row with { HeadLayerId = 8 });
            transaction.UpdateLayer(Layer.LayerId, row => row with { ParentLayerId = 0 });
            transaction.UpdateDisk(Disk.DiskId, row => row with { PublishedSequence = 60 });
            transaction.UpdateLayer(Layer.LayerId, row => row with { NameCount = row.NameCount + 1 });
        });
        Reopen();

        Assert.Equal([Disk with { HeadLayerId = 8, PublishedSequence = 60 }], Catalog.LoadDisks());
        Assert.Equal([Layer with { ParentLayerId = 0, NameCount = 3 }], Catalog.LoadLayers());
    }

    [Fact]
    public void An_update_of_a_row_that_is_not_there_fails_with_its_whole_transaction()
    {
        Assert.ThrowsAny<InvalidOperationException>(() => Catalog.Commit(transaction =>
        {
            transaction.UpdateDisk("disk-none", row => row);
            transaction.Put(Layer);
        }));

        Assert.Empty(Catalog.LoadLayers());
    }

    [Fact]
    public void Chunks_come_newest_run_first_and_then_by_block()
    {
        Catalog.Commit(transaction =>
        {
            transaction.Put(Chunk(7, 1, 500));
            transaction.Put(Chunk(7, 2, 100));
            transaction.Put(Chunk(7, 1, 0));
            transaction.Put(Chunk(8, 3, 0));
        });

        var found = Catalog.LoadChunks(7).Select(chunk => (chunk.RunNumber, chunk.FirstBlock));
        Assert.Equal([(2L, 100L), (1L, 0L), (1L, 500L)], found);
    }

    [Fact]
    public void Deleting_a_run_leaves_the_other_runs()
    {
        Catalog.Commit(transaction =>
        {
            transaction.Put(Chunk(7, 1, 0));
            transaction.Put(Chunk(7, 1, 50));
            transaction.Put(Chunk(7, 2, 0));
        });

        Catalog.Commit(transaction => transaction.DeleteRun(7, 1));

        Assert.Equal([Chunk(7, 2, 0)], Catalog.LoadChunks(7));
    }

    [Fact]
    public void Deleting_a_layer_deletes_its_chunks()
    {
        Catalog.Commit(transaction =>
        {
            transaction.Put(Layer);
            transaction.Put(Chunk(7, 1, 0));
            transaction.Put(Chunk(8, 1, 0));
        });

        Catalog.Commit(transaction => transaction.DeleteLayer(7));

        Assert.Empty(Catalog.LoadLayers());
        Assert.Empty(Catalog.LoadChunks(7));
        Assert.Single(Catalog.LoadChunks(8));
    }

    [Fact]
    public void Deleting_what_is_not_there_does_nothing()
    {
        Catalog.Commit(transaction =>
        {
            transaction.DeleteDisk("disk-none");
            transaction.DeleteLayer(1);
            transaction.DeleteRun(1, 1);
            transaction.DeleteSegment(1);
        });

        Assert.Empty(Catalog.LoadDisks());
    }

    [Fact]
    public void A_later_change_in_one_transaction_wins()
    {
        Catalog.Commit(transaction =>
        {
            transaction.Put(Disk);
            transaction.DeleteDisk(Disk.DiskId);
            transaction.Put(Disk with { BootGeneration = 9 });
        });

        Assert.Equal(9, Assert.Single(Catalog.LoadDisks()).BootGeneration);
    }

    [Fact]
    public void Each_commit_raises_the_generation_by_one()
    {
        var before = Catalog.Generation;
        long within = 0;

        Catalog.Commit(transaction => within = transaction.Generation);
        Catalog.Commit(transaction => transaction.Put(Disk));

        Assert.Equal(before + 1, within);
        Assert.Equal(before + 2, Catalog.Generation);
        Reopen();
        Assert.Equal(before + 2, Catalog.Generation);
    }

    [Fact]
    public void Nothing_happens_when_the_delegate_throws()
    {
        Catalog.Commit(transaction => transaction.Put(Disk));
        var before = Catalog.Generation;

        var thrown = Assert.Throws<FormatException>(() => Catalog.Commit(transaction =>
        {
            transaction.DeleteDisk(Disk.DiskId);
            transaction.Put(Layer);
            throw new FormatException("planned");
        }));

        Assert.Equal("planned", thrown.Message);
        Assert.Equal(before, Catalog.Generation);
        Assert.Equal([Disk], Catalog.LoadDisks());
        Assert.Empty(Catalog.LoadLayers());
    }

    [Fact]
    public void Commits_of_many_threads_all_happen_except_those_that_throw()
    {
        const int threadCount = 8;
        const int commitCount = 40;

        var threads = Enumerable.Range(0, threadCount).Select(number => new Thread(() =>
        {
            for (var step = 0; step < commitCount; step++)
                CommitOrThrow(number, step);
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        Reopen();

        var expected = Enumerable.Range(0, threadCount * commitCount).Where(id => id % 5 != 0).Select(id => (long)id);
        Assert.Equal(expected, Catalog.LoadSegments().Select(segment => segment.SegmentId).Order());

        void CommitOrThrow(int number, int step)
        {
            var id = (number * commitCount) + step;
            try
            {
                Catalog.Commit(transaction =>
                {
                    transaction.Put(new SegmentRow("disk-a", id, 1, false));
                    if (id % 5 == 0)
                        throw new FormatException("planned");
                });
            }
            catch (FormatException)
            {
                Assert.Equal(0, id % 5);
            }
        }
    }

    private static ChunkRow Chunk(long layerId, long runNumber, long firstBlock) =>
        new(layerId, runNumber, firstBlock, firstBlock + 10, false, 3, 4096, 100, 2, 11, 0);
}
