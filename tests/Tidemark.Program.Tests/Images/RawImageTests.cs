using Tidemark.Images;

namespace Tidemark.Program.Tests.Images;

public sealed class RawImageTests
{
    [Fact]
    public void Holes_of_a_file_are_found()
    {
        using var folder = new TestFolder();
        var path = folder.File("sparse.raw");
        using (var file = File.Create(path))
        {
            file.SetLength(64 << 20);
            file.Position = 32 << 20;
            file.Write(new byte[] { 1, 2, 3 });
        }

        using var handle = File.OpenHandle(path);
        var data = SparseFile.NextData(handle, 0, 64 << 20);

        Assert.NotNull(data);
        Assert.InRange(data.Value.Start, 0, 32 << 20);
        Assert.InRange(data.Value.End, (32 << 20) + 3, 64 << 20);
    }

    [Fact]
    public void A_file_without_data_has_none()
    {
        using var folder = new TestFolder();
        var path = folder.File("empty.raw");
        using (var file = File.Create(path))
            file.SetLength(1 << 20);

        using var handle = File.OpenHandle(path);

        Assert.Null(SparseFile.NextData(handle, 0, 1 << 20));
    }

    [Fact]
    public async Task An_odd_length_is_rounded_up_to_sectors()
    {
        using var folder = new TestFolder();
        var path = folder.File("odd.raw");
        await File.WriteAllBytesAsync(path, new byte[700], TestContext.Current.CancellationToken);

        using var image = await ImageFile.OpenAsync(path, TestContext.Current.CancellationToken);

        Assert.Equal(1024, image.SizeBytes);
    }
}
