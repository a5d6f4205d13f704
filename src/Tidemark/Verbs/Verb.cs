using System.CommandLine;
using Tidemark.Output;

namespace Tidemark.Verbs;

/// <summary>
/// A command that does something. A derived class declares its arguments and options and says what it does; how it
/// ends, and how failures are shown, is the same for all.
/// </summary>
internal abstract class Verb : Command
{
    /// <summary>A verb with the options that all verbs share.</summary>
    protected Verb(string name, string description)
        : this(name, description, CommonOptions.OfClients)
    {
    }

    /// <summary>A verb with options of its own choice.</summary>
    protected Verb(string name, string description, IReadOnlyList<Option> options)
        : base(name, description)
    {
        foreach (var option in options)
            Options.Add(option);
        SetAction(InvokeAsync);
    }

    /// <summary>Does it. Throws <see cref="CommandException"/> when it cannot be done.</summary>
    protected abstract Task RunAsync(VerbCall call);

    private async Task<int> InvokeAsync(ParseResult parse, CancellationToken cancellation)
    {
        var printer = CommandLine.PrinterFor(parse);
        using var call = new VerbCall(parse, printer, cancellation);
        try
        {
            await RunAsync(call);
            return (int)ExitCode.Done;
        }
        catch (CommandException failure)
        {
            printer.Error(failure);
            return (int)failure.ExitCode;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            printer.Error(new CommandException(
                ExitCode.Failed, "Stopped", "The command was stopped before it was done.",
                "Look at what it left with 'tidemark disk ls' and 'tidemark snap ls', and run it again."));
            return (int)ExitCode.Failed;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            printer.Error(new CommandException(
                ExitCode.Failed, "InputOutput", failure.Message, "Check the path, its permissions and the free space."));
            return (int)ExitCode.Failed;
        }
    }
}
