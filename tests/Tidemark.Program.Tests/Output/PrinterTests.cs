using Tidemark.Output;

namespace Tidemark.Program.Tests.Output;

public sealed class PrinterTests : IDisposable
{
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    public void Dispose()
    {
        _output.Dispose();
        _error.Dispose();
    }

    [Fact]
    public void An_error_is_three_lines_on_standard_error()
    {
        Printer(OutputFormat.Table).Error(new CommandException(ExitCode.Failed, "Code", "The\ncause.", "The step."));

        Assert.Equal("error: Code\n  The cause.\n  The step.\n", _error.ToString());
        Assert.Empty(_output.ToString());
    }

    [Fact]
    public void An_error_for_a_program_is_one_object_on_standard_error()
    {
        Printer(OutputFormat.Json).Error(new CommandException(ExitCode.Failed, "Code", "Cause.", "Step."));

        using var document = System.Text.Json.JsonDocument.Parse(_error.ToString());
        var body = document.RootElement.GetProperty("Error");
        Assert.Equal("Code", body.GetProperty("Code").GetString());
        Assert.Equal("Cause.", body.GetProperty("Message").GetString());
        Assert.Equal("Step.", body.GetProperty("NextStep").GetString());
        Assert.Empty(_output.ToString());
    }

    [Fact]
    public void Notes_are_kept_from_programs()
    {
        Printer(OutputFormat.Json).Note("progress");

        Assert.Empty(_error.ToString());
    }

    [Fact]
    public void A_table_prints_names_as_they_are_and_in_one_line()
    {
        var name = "[red]" + new string('x', 200);

        Printer(OutputFormat.Table).Table(["NAME", "SIZE"], [[name, "1 GiB"]]);

        var lines = _output.ToString().TrimEnd().Split('\n');
        Assert.Equal(2, lines.Length);
        Assert.Contains($"{name} 1 GiB", lines[1], StringComparison.Ordinal);
    }

    private Printer Printer(OutputFormat format) => new(format, _output, _error);
}
