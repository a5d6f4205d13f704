using System.Net;
using System.Net.Sockets;
using Tidemark.Client;
using Tidemark.Hosting;
using Tidemark.Nbd;
using Tidemark.Output;

namespace Tidemark.Demo;

/// <summary>
/// The demonstration: a real server in this process on free ports, driven as any client would drive it, over the signed
/// API and over NBD, and compared with a model of what every disk and snapshot must hold.
/// </summary>
/// <param name="folder">An empty folder for everything.</param>
/// <param name="printer">Where to print.</param>
/// <param name="time">The clock that steps are timed with.</param>
internal sealed class DemoRun(string folder, Printer printer, TimeProvider time)
{
    private const int DiskSizeGiB = 1;
    private const int Seed = 20170312;
    private const int PieceCount = (int)((DiskSizeGiB * (1L << 30)) / DiskModel.PieceBytes);
    private const int FirstPieces = (64 << 20) / DiskModel.PieceBytes; // 64 MiB
    private const int LaterPieces = (24 << 20) / DiskModel.PieceBytes; // 24 MiB
    private const int TrimmedPieces = (4 << 20) / DiskModel.PieceBytes; // 4 MiB
    private const long MemoryBytes = 256L << 20;

    private readonly List<DemoStep> _steps = [];
    private readonly Random _random = new(Seed);

    /// <summary>Does it all; a difference of a single byte is a failure.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        var started = time.GetTimestamp();
        var log = new ServerLog(TextWriter.Null, time);
        await using (var server = await TimeAsync(
            "start a server", _ => $"in {folder}", () => Server.StartAsync(Settings(), log, time, cancellation)))
        {
            var endpoint = new Uri(server.ApiAddresses[0]);
            var settings = new ClientSettings(endpoint, server.Key.SecretId, server.Key.SecretKey, Defaults.Region);
            using var client = new TidemarkClient(settings, time);
            await ShowAsync(client, name => NbdAddress.ToUri(server.NbdAddresses[0], name), cancellation);
        }

        Print(time.GetElapsedTime(started));
    }

    private async Task ShowAsync(TidemarkClient client, Func<string, NbdUri> export, CancellationToken cancellation)
    {
        var model = new DiskModel();
        var disk = await TimeAsync(
            "create a disk", id => $"{id}, {DiskSizeGiB} GiB",
            () => client.Disks.CreateAsync("demo", DiskSizeGiB, null, Defaults.Zone, cancellation));
        Write("write", export(disk), connection => WriteFirst(model, connection));

        var firstModel = model.Copy();
        var first = await SnapshotAsync(client, disk, "first", cancellation);
        Write("write more, trim some", export(disk), connection => WriteMore(model, connection));
        var secondModel = model.Copy();
        var second = await SnapshotAsync(client, disk, "second", cancellation);
        await ShowSizesAsync(client, second, cancellation);
        Verify("verify the first snapshot", export(first), firstModel, cancellation);
        Verify("verify the second snapshot", export(second), secondModel, cancellation);

        await TimeAsync("delete the first snapshot", _ => first, async () =>
        {
            await client.Snapshots.DeleteAsync([first], cancellation);
            await client.Snapshots.WaitUntilGoneAsync(first, cancellation);
            return first;
        });
        Write("overwrite", export(disk), connection => WriteMore(model, connection));
        Verify("verify the disk", export(disk), model, cancellation);
        await TimeAsync("roll back to the second", _ => second, async () =>
        {
            await client.Disks.ApplySnapshotAsync(disk, second, false, cancellation);
            await client.Disks.WaitUntilRestingAsync(disk, cancellation);
            return disk;
        });
        Verify("verify the disk", export(disk), secondModel, cancellation);

        var clone = await TimeAsync(
            "new disk from the second", id => id,
            () => client.Disks.CreateAsync("demo-clone", null, second, Defaults.Zone, cancellation));
        Verify("verify the new disk", export(clone), secondModel, cancellation);
        await CheckAsync(client, cancellation);
    }

    private ServerSettings Settings() => new()
    {
        DataFolder = folder,
        Listen = [new IPEndPoint(IPAddress.Loopback, 0)],
        Nbd = [new UnixDomainSocketEndPoint(Path.Combine(folder, Defaults.NbdSocketName))],
        MemoryBytes = MemoryBytes,
    };

    private string WriteFirst(DiskModel model, NbdClient disk)
    {
        for (var piece = 0; piece < FirstPieces; piece++)
            model.Write(disk, piece, _random.Next());
        return $"{ByteSize.Format((long)FirstPieces * DiskModel.PieceBytes)} of random bytes, flushed";
    }

    private string WriteMore(DiskModel model, NbdClient disk)
    {
        for (var i = 0; i < LaterPieces; i++)
            model.Write(disk, _random.Next(PieceCount - TrimmedPieces), _random.Next());
        model.Trim(disk, _random.Next(FirstPieces), TrimmedPieces);
        return $"{ByteSize.Format((long)LaterPieces * DiskModel.PieceBytes)} here and there, "
            + $"{ByteSize.Format((long)TrimmedPieces * DiskModel.PieceBytes)} trimmed, flushed";
    }

    private void Write(string step, NbdUri export, Func<NbdClient, string> write)
    {
        var started = time.GetTimestamp();
        using var disk = NbdClient.Connect(export);
        var detail = write(disk);
        disk.Flush();
        disk.Disconnect();
        Add(step, detail, time.GetElapsedTime(started));
    }

    private async Task<string> SnapshotAsync(
        TidemarkClient client, string disk, string name, CancellationToken cancellation)
    {
        var id = await TimeAsync(
            "take a snapshot", id => $"{id}, \"{name}\"",
            () => client.Snapshots.CreateAsync(disk, name, [], cancellation));
        await client.Snapshots.WaitUntilCompleteAsync(id, cancellation);
        return id;
    }

    private async Task ShowSizesAsync(TidemarkClient client, string snapshot, CancellationToken cancellation)
    {
        var started = time.GetTimestamp();
        var sizes = await client.Snapshots.SizesAsync(snapshot, cancellation);
        string Text(string name) => ByteSize.Format(sizes.GetProperty(name).GetInt64());
        var detail = $"{Text("ReferencedBytes")} readable, {Text("ChangedBytes")} changed since the first";
        Add("sizes of the second", detail, time.GetElapsedTime(started));
    }

    private void Verify(string step, NbdUri export, DiskModel model, CancellationToken cancellation)
    {
        var started = time.GetTimestamp();
        if (model.FindDifference(export, cancellation) is { } offset)
        {
            throw new CommandException(
                ExitCode.Failed, "DemoFailed", $"{step}: byte {offset} of {export} is not what was written there.",
                "Run 'tidemark check' on a store of your own, and report this with the seed of the demo.");
        }

        var detail = $"{DiskSizeGiB} GiB compared, {ByteSize.Format(model.DataBytes)} of it data: every byte right";
        Add(step, detail, time.GetElapsedTime(started));
    }

    private async Task CheckAsync(TidemarkClient client, CancellationToken cancellation)
    {
        var started = time.GetTimestamp();
        var jobId = await client.Server.StartCheckAsync(cancellation);
        var job = await client.Server.WaitForJobAsync(jobId, _ => { }, cancellation);
        if (job.Report is not { Problems.Count: 0 } report)
        {
            var found = string.Join("; ", job.Report?.Problems ?? [job.ErrorMessage]);
            throw new CommandException(
                ExitCode.Failed, "DemoFailed", $"The check found: {found}",
                "Report this: it is an error of the program.");
        }

        var detail = $"{report.BlocksVerified} blocks verified, {ByteSize.Format(report.AllocatedBytes)} on the device";
        Add("check the store", detail, time.GetElapsedTime(started));
    }

    private async Task<T> TimeAsync<T>(string step, Func<T, string> describe, Func<Task<T>> run)
    {
        var started = time.GetTimestamp();
        var result = await run();
        Add(step, describe(result), time.GetElapsedTime(started));
        return result;
    }

    private void Add(string step, string detail, TimeSpan taken)
    {
        _steps.Add(new DemoStep(step, detail, Math.Round(taken.TotalMilliseconds, 1)));
        printer.Note($"{step}: {detail}");
    }

    private void Print(TimeSpan total)
    {
        if (printer.IsJson)
        {
            printer.Json(_steps, OutputJson.Pretty.ListDemoStep);
            return;
        }

        printer.Note("");
        printer.Table(
            ["STEP", "TIME", "RESULT"],
            _steps.Select(step => new[] { step.Step, $"{step.Milliseconds:0.0} ms", step.Detail }));
        printer.Out.WriteLine();
        printer.Out.WriteLine($"Every byte was as expected; {total.TotalSeconds:0.0} s in all.");
    }
}
