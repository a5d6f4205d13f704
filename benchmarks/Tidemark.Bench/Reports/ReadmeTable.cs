using System.Globalization;
using System.Text;
using Tidemark.Bench.Results;
using Tidemark.Bench.Sections;
using Tidemark.Bench.Servers;

namespace Tidemark.Bench.Reports;

/// <summary>The short table between two marks of the README.</summary>
/// <param name="found">The results.</param>
internal sealed class ReadmeTable(Findings found)
{
    /// <summary>The line before it.</summary>
    public const string Begin = "<!-- figures: ./bench writes what follows -->";

    /// <summary>The line behind it.</summary>
    public const string End = "<!-- end of figures -->";

    private static readonly PeerKind[] Peers =
        [PeerKind.Raw, PeerKind.Nbdkit, PeerKind.Qcow2, PeerKind.Qcow2Extended, PeerKind.Btrfs];

    /// <summary>The table.</summary>
    public string Compose()
    {
        var text = new StringBuilder();
        var data = found.Results.FirstOrDefault(result => result.Section == "data");
        if (data is not null)
        {
            text.Append(CultureInfo.InvariantCulture, $"Tidemark's throughput as a multiple of each server's, over a ");
            text.Append(CultureInfo.InvariantCulture, $"Unix socket, warm; medians of {data.RoundCount} rounds");
            text.Append(CultureInfo.InvariantCulture, $"{(data.IsQuick ? " of a quick run" : "")} on ");
            text.Append(CultureInfo.InvariantCulture, $"{Environment.ProcessorCount} processors.\n\n");
            text.Append(MarkdownTable.Of(
                ["work", .. Peers.Select(peer => peer.Title)], Workloads.Main.Select(work => Row(work.Name))));
        }

        var rows = new BarTable(found).Rows();
        var measured = rows.Where(row => row.IsMet is not null).ToList();
        text.Append(CultureInfo.InvariantCulture, $"{measured.Count(row => row.IsMet == true)} of ");
        text.Append(CultureInfo.InvariantCulture, $"{measured.Count} bars are met: ");
        text.Append("[benchmarks/results/latest.md](benchmarks/results/latest.md) has each with its figure.\n");
        return text.ToString();
    }

    /// <summary>A page with the table put between its marks; unchanged when it has none.</summary>
    public string PutInto(string page)
    {
        var begin = page.IndexOf(Begin, StringComparison.Ordinal);
        var end = page.IndexOf(End, StringComparison.Ordinal);
        return begin < 0 || end < begin ? page : $"{page[..begin]}{Begin}\n{Compose()}{page[end..]}";
    }

    private string[] Row(string work) =>
    [
        work,
        .. Peers.Select(peer => Findings.Text(
            found.Ratio((Settings.Full, work), ServerTitles.Tidemark, peer.Key, one => one.Iops), "×")),
    ];
}
