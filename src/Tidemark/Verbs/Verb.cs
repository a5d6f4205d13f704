using System.CommandLine;
using System.Net.Sockets;
using Tidemark.Engine;
using Tidemark.Nbd;
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
        catch (Exception failure) when (cancellation.IsCancellationRequested && failure is not CommandException)
        {
            return Fail(printer, new CommandException(
                ExitCode.Failed, "Stopped", "The command was stopped before it was done.",
                "Look at what it left with 'tidemark disk ls' and 'tidemark snap ls', and run it again.", failure));
        }
        catch (Exception failure)
        {
            // The top of the process: whatever happens is said in three lines.
            return Fail(printer, Explain(failure));
        }
    }

    private static int Fail(Printer printer, CommandException failure)
    {
        printer.Error(failure);
        return (int)failure.ExitCode;
    }

    private static CommandException Explain(Exception failure) => failure switch
    {
        CommandException known => known,
        NbdException { InnerException: SocketException } => new CommandException(
            ExitCode.Unreachable, "NbdUnreachable", failure.Message,
            "Check the server's NBD addresses: 'tidemark disk show DISK' prints them.", failure),
        NbdException => new CommandException(
            ExitCode.Failed, "NbdFailed", failure.Message, "Look at the server's log for the cause.", failure),
        EngineException engine => new CommandException(
            ExitCode.Failed, $"Store{engine.Fault}", failure.Message,
            "Look at the disk under the data folder; 'tidemark check' tells more.", failure),
        IOException or UnauthorizedAccessException => new CommandException(
            ExitCode.Failed, "InputOutput", failure.Message, "Check the path, its permissions and the free space.",
            failure),
        _ => new CommandException(
            ExitCode.Failed, "InternalError", $"{failure.GetType().Name}: {failure.Message}",
            "This is an error of the program: report it with the command that led to it.", failure),
    };
}
