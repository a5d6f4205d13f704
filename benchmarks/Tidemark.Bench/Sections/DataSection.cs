using Tidemark.Bench.Servers;
using Tidemark.Bench.Tools;

namespace Tidemark.Bench.Sections;

/// <summary>The data path, warm, beside the peers.</summary>
/// <param name="plan">What is measured.</param>
internal sealed class DataSection(BenchPlan plan) : Section(plan)
{
    private const double MiBPerByte = 1.0 / (1 << 20);

    /// <inheritdoc/>
    public override string Name => "data";

    /// <inheritdoc/>
    protected override async Task MeasureAsync(Recorder recorder, NoiseProbe probe)
    {
        using var product = new Product(Plan, "tidemark");
        var disk = await product.CreateDiskAsync(1);
        await FillAsync(product.UriOf(disk));
        await using var files = await PeerFiles.CreateAsync(Plan, FillAsync, recorder.Note);
        await WarmUpAsync(product.UriOf(disk));

        await MainAsync(recorder, probe, product, disk, files);
        await AfterSnapshotAsync(recorder, probe, product, disk, files);
        if (Plan.IsQuick)
        {
            recorder.Note("A quick run leaves out TCP, four connections, fresh disks and nbdcopy.");
            return;
        }

        await WaysAsync(recorder, probe, product, disk, files);
        await FreshAsync(recorder, probe, product, files);
        await new CopyTimings(Plan).RunAsync(recorder, product, disk, files);
    }

    private async Task FillAsync(string uri)
    {
        await Fio.FillAsync(uri, Plan.AreaMiB);
        await Fio.OverwriteAsync(uri, Plan.AreaMiB, times: 2);
    }

    /// <summary>The first requests compile the path; that is not what is measured.</summary>
    private async Task WarmUpAsync(string uri)
    {
        foreach (var work in Workloads.Main)
            await Fio.RunAsync(uri, work, Plan.AreaMiB, Plan.Seconds);
    }

    private async Task MainAsync(
        Recorder recorder, NoiseProbe probe, Product product, string disk, PeerFiles files)
    {
        using var servers = new ServerSet(
            new ProductDisk(product, disk), files.Raw(), files.Overlay(PeerKind.Qcow2),
            files.Overlay(PeerKind.Qcow2Extended), files.Nbdkit(), files.Reflink());
        var runner = new RoundRunner(Plan, probe);
        foreach (var work in Workloads.Main)
            recorder.Add(await runner.RunAsync(Settings.Full, work, servers.All));
        foreach (var server in servers.All)
        {
            recorder.Add(
                $"peak.{server.Key}", $"peak memory, {ServerTitles.Of(server.Key)}",
                server.Process.PeakBytes * MiBPerByte, "MiB");
        }
    }

    private async Task AfterSnapshotAsync(
        Recorder recorder, NoiseProbe probe, Product product, string disk, PeerFiles files)
    {
        using var servers = new ServerSet(
            new ProductDisk(product, disk) { Start = PointStart.FreshSnapshot }, files.Overlay(PeerKind.Qcow2),
            files.Overlay(PeerKind.Qcow2Extended), files.Reflink());
        var runner = new RoundRunner(Plan, probe) { Seconds = Plan.Choose(Plan.Seconds / 2, Plan.Seconds) };
        foreach (var work in Plan.Choose<Workload[]>([Workloads.WriteOne, Workloads.WriteMany], [Workloads.WriteMany]))
            recorder.Add(await runner.RunAsync(Settings.AfterSnapshot, work, servers.All));
    }

    /// <summary>TCP and several connections.</summary>
    private async Task WaysAsync(
        Recorder recorder, NoiseProbe probe, Product product, string disk, PeerFiles files)
    {
        var ways = new[]
        {
            (Settings.FourConnections, Transport.UnixSocket, 4), (Settings.Tcp, Transport.Tcp, 1),
            (Settings.TcpFourConnections, Transport.Tcp, 4),
        };
        Workload[] works = [Workloads.ReadOne, Workloads.ReadMany, Workloads.WriteOne, Workloads.WriteMany];
        var runner = new RoundRunner(Plan, probe) { Seconds = Plan.Seconds / 2 };
        foreach (var (setting, transport, connections) in ways)
        {
            using var servers = new ServerSet(
                new ProductDisk(product, disk, transport), files.Raw(transport), files.Nbdkit(transport));
            foreach (var work in works)
                recorder.Add(await runner.RunAsync(setting, work with { Connections = connections }, servers.All));
        }
    }

    private async Task FreshAsync(Recorder recorder, NoiseProbe probe, Product product, PeerFiles files)
    {
        var disk = await product.CreateDiskAsync(1);
        using var servers = new ServerSet(
            new ProductDisk(product, disk) { Start = PointStart.EmptyDisk }, files.Empty(PeerKind.Raw),
            files.Empty(PeerKind.Qcow2), files.Empty(PeerKind.Nbdkit));
        var runner = new RoundRunner(Plan, probe) { Seconds = Plan.Seconds / 2 };
        foreach (var work in new[] { Workloads.WriteOne, Workloads.WriteMany, Workloads.WriteInOrder })
            recorder.Add(await runner.RunAsync(Settings.Fresh, work, servers.All));
    }
}
