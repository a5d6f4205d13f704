using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Spectre.Console;

namespace Tidemark.Output;

/// <summary>Where a command's words go: data to standard output, everything else to standard error.</summary>
/// <param name="format">For whom.</param>
/// <param name="output">Standard output.</param>
/// <param name="error">Standard error.</param>
internal sealed class Printer(OutputFormat format, TextWriter output, TextWriter error)
{
    // A list that is piped must not be folded to the width of a terminal that is not there.
    private const int WidthWithoutTerminal = 1000;

    /// <summary>True when a program reads.</summary>
    public bool IsJson => format == OutputFormat.Json;

    /// <summary>Standard output, for text that is data.</summary>
    public TextWriter Out => output;

    /// <summary>One line about what goes on, for a person; nothing when a program reads.</summary>
    public void Note(string text)
    {
        if (!IsJson)
            error.WriteLine(text);
    }

    /// <summary>Prints a value as JSON.</summary>
    public void Json<T>(T value, JsonTypeInfo<T> type) => output.WriteLine(JsonSerializer.Serialize(value, type));

    /// <summary>Prints a table; cells are text, not markup.</summary>
    public void Table(IReadOnlyList<string> headings, IEnumerable<IReadOnlyList<string>> rows)
    {
        var table = new Table { Border = TableBorder.None, UseSafeBorder = true };
        foreach (var heading in headings)
            table.AddColumn(new TableColumn(new Text(heading, new Style(decoration: Decoration.Bold))).NoWrap());
        foreach (var row in rows)
            table.AddRow(row.Select(cell => new Text(cell)));

        var text = new StringWriter();
        Terminal(text).Write(table);
        foreach (var line in text.ToString().TrimEnd().Split('\n'))
            output.WriteLine(line.TrimEnd());
    }

    /// <summary>Prints names and values, one pair a line.</summary>
    public void Properties(IEnumerable<(string Name, string Value)> pairs)
    {
        var list = pairs.ToList();
        var width = list.Max(pair => pair.Name.Length);
        foreach (var (name, value) in list)
            output.WriteLine($"{name.PadRight(width)}  {value}");
    }

    /// <summary>Prints an error: code, cause, next step.</summary>
    public void Error(CommandException failure)
    {
        if (IsJson)
        {
            var body = new ErrorEnvelope(new ErrorBody(failure.Code, failure.Message, failure.NextStep));
            error.WriteLine(JsonSerializer.Serialize(body, OutputJson.Pretty.ErrorEnvelope));
            return;
        }

        error.WriteLine($"error: {failure.Code}");
        error.WriteLine($"  {OneLine(failure.Message)}");
        error.WriteLine($"  {OneLine(failure.NextStep)}");
    }

    private static string OneLine(string text) => text.ReplaceLineEndings(" ").Trim();

    private static IAnsiConsole Terminal(TextWriter writer)
    {
        var terminal = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = Console.IsOutputRedirected ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(writer),
        });
        terminal.Profile.Width = WidthWithoutTerminal;
        return terminal;
    }
}
