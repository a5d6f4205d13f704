using System.Text;
using System.Text.RegularExpressions;
using OxyPlot;
using OxyPlot.Annotations;
using OxyPlot.Axes;
using OxyPlot.Legends;
using OxyPlot.Series;
using Tidemark.Bench.Figures;
using Tidemark.Bench.Results;
using Tidemark.Bench.Sections;
using Tidemark.Bench.Servers;

namespace Tidemark.Bench.Reports;

/// <summary>The plots as SVG.</summary>
/// <param name="found">The results.</param>
internal sealed partial class Plots(Findings found)
{
    /// <summary>The plots' files in the results' folder.</summary>
    public const string Throughput = "throughput.svg", Snapshots = "snapshots.svg", Writes = "write-latency.svg";

    // What every viewer has something alike of; drawn wider where it is not there, so room is left.
    private const string Font = "Arial, Helvetica, Liberation Sans, sans-serif";
    private const double Width = 860;
    private const double BarsLeft = 215;
    private const double LinesLeft = 70;
    private const double BarsHeight = 860;
    private const double LinesHeight = 360;

    private static readonly string[] Servers =
    [
        ServerTitles.Tidemark, PeerKind.Raw.Key, PeerKind.Nbdkit.Key, PeerKind.Qcow2.Key, PeerKind.Qcow2Extended.Key,
        PeerKind.Btrfs.Key,
    ];

    private static readonly OxyColor[] Colours =
    [
        OxyColor.Parse("#0b5cad"), OxyColor.Parse("#8a8f98"), OxyColor.Parse("#c7a76c"), OxyColor.Parse("#b9c4d0"),
        OxyColor.Parse("#93b5a1"), OxyColor.Parse("#c99a9a"),
    ];

    private static readonly OxyColor GridColour = OxyColor.Parse("#e4e6ea");
    private static readonly OxyColor InkColour = OxyColor.Parse("#30343a");

    /// <summary>Those for which there are results, with their file names.</summary>
    public IEnumerable<(string Name, string Svg)> Draw()
    {
        if (found.Rounds(Settings.Full, Workloads.ReadMany.Name) is not null)
            yield return (Throughput, Export(DrawThroughput(), BarsHeight));
        if (found.Series(FigureKeys.CreateP50Series) is { } p50 && found.Series(FigureKeys.CreateP99Series) is { } p99)
        {
            yield return (Snapshots, Export(
                DrawLines("Time to take a snapshot", "milliseconds", p50, p99), LinesHeight));
        }

        if (found.Series(FigureKeys.WriteP50Series) is { } half && found.Series(FigureKeys.WriteP99Series) is { } tail)
        {
            yield return (Writes, Export(
                DrawLines("Latency of a 4 KiB random write, depth 1", "microseconds", half, tail), LinesHeight));
        }
    }

    private PlotModel DrawThroughput()
    {
        var model = Model("Throughput, qemu-nbd on a raw file = 1", BarsLeft);
        var works = Workloads.Main.Select(work => work.Name).Reverse().ToList();
        var categories = new CategoryAxis
        {
            Position = AxisPosition.Left,
            GapWidth = 0.35,
            TickStyle = TickStyle.None,
            TextColor = InkColour,
            AxislineStyle = LineStyle.Solid,
            AxislineColor = InkColour,
        };
        categories.Labels.AddRange(works);
        model.Axes.Add(categories);
        model.Axes.Add(ValueAxis(AxisPosition.Bottom, "times the throughput of qemu-nbd raw"));
        // The last series is drawn on top of each group.
        for (var index = Servers.Length - 1; index >= 0; index--)
        {
            var series = new BarSeries
            {
                Title = ServerTitles.Of(Servers[index]),
                FillColor = Colours[index],
                StrokeThickness = 0,
                FontSize = 9,
                TextColor = InkColour,
                LabelPlacement = LabelPlacement.Outside,
                LabelMargin = 8,
                LabelFormatString = index == 0 ? "{0:0.0}×" : null,
            };
            series.Items.AddRange(works.Select(work => new BarItem(RatioToRaw(work, Servers[index]))));
            model.Series.Add(series);
        }

        model.Annotations.Add(new LineAnnotation
        {
            Type = LineAnnotationType.Vertical,
            X = 1,
            Color = InkColour,
            StrokeThickness = 1,
            LineStyle = LineStyle.Dash,
        });
        return model;
    }

    private double RatioToRaw(string work, string server) => server == PeerKind.Raw.Key
        ? 1
        : found.Ratio((Settings.Full, work), server, PeerKind.Raw.Key, one => one.Iops) is var ratio
            && double.IsNaN(ratio) ? 0 : ratio;

    private static PlotModel DrawLines(string title, string unit, Results.Series half, Results.Series tail)
    {
        var model = Model(title, LinesLeft);
        model.Axes.Add(ValueAxis(AxisPosition.Bottom, "snapshots of the disk"));
        model.Axes.Add(ValueAxis(AxisPosition.Left, unit));
        model.Series.Add(Line("99th percentile", tail, Colours[5], MarkerType.Diamond));
        model.Series.Add(Line("median", half, Colours[0], MarkerType.Circle));
        return model;
    }

    private static LineSeries Line(string title, Results.Series series, OxyColor colour, MarkerType marker)
    {
        var line = new LineSeries
        {
            Title = title,
            Color = colour,
            StrokeThickness = 2,
            MarkerType = marker,
            MarkerSize = 3.5,
            MarkerFill = colour,
        };
        line.Points.AddRange(series.X.Zip(series.Y, (x, y) => new DataPoint(x, y)));
        return line;
    }

    private static PlotModel Model(string title, double leftMargin)
    {
        var model = new PlotModel
        {
            Title = title,
            TitleFontSize = 14,
            TitleFontWeight = FontWeights.Bold,
            DefaultFont = Font,
            DefaultFontSize = 11,
            TextColor = InkColour,
            Background = OxyColors.White,
            PlotAreaBorderThickness = new OxyThickness(0),
            Padding = new OxyThickness(12),
            PlotMargins = new OxyThickness(leftMargin, double.NaN, 24, double.NaN),
        };
        model.Legends.Add(new Legend
        {
            LegendPosition = LegendPosition.BottomCenter,
            LegendPlacement = LegendPlacement.Outside,
            LegendOrientation = LegendOrientation.Horizontal,
            LegendBorderThickness = 0,
            LegendFontSize = 10,
            LegendItemSpacing = 32,
            LegendItemOrder = LegendItemOrder.Reverse,
            IsLegendVisible = true,
        });
        return model;
    }

    private static LinearAxis ValueAxis(AxisPosition position, string title) => new()
    {
        Position = position,
        Title = title,
        AbsoluteMinimum = 0,
        Minimum = 0,
        MaximumPadding = 0.1,
        MajorGridlineStyle = LineStyle.Solid,
        MajorGridlineColor = GridColour,
        TickStyle = TickStyle.None,
        AxislineStyle = LineStyle.Solid,
        AxislineColor = InkColour,
        TextColor = InkColour,
        AxisTitleDistance = position == AxisPosition.Left ? 20 : 8,
    };

    private static string Export(PlotModel model, double height)
    {
        using var stream = new MemoryStream();
        // Not every viewer knows how SVG aligns text vertically.
        new SvgExporter { Width = Width, Height = height, UseVerticalTextAlignmentWorkaround = true }
            .Export(model, stream);
        // Nothing leaves its area, but a viewer without the font draws labels wider than they were measured.
        return ClipPath().Replace(Encoding.UTF8.GetString(stream.ToArray()), "") + "\n";
    }

    [GeneratedRegex(" clip-path=\"[^\"]*\"")]
    private static partial Regex ClipPath();
}
