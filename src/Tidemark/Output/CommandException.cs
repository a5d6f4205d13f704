namespace Tidemark.Output;

/// <summary>The command cannot be carried out; shown as code, cause and next step.</summary>
/// <param name="exitCode">How the program ends.</param>
/// <param name="code">A word that scripts can compare: the API's code, or one in the same style.</param>
/// <param name="message">What was found and what was expected.</param>
/// <param name="nextStep">What the reader can do now.</param>
/// <param name="inner">The cause, when another exception is the cause.</param>
internal sealed class CommandException(
    ExitCode exitCode, string code, string message, string nextStep, Exception? inner = null)
    : Exception(message, inner)
{
    /// <summary>How the program ends.</summary>
    public ExitCode ExitCode { get; } = exitCode;

    /// <summary>A word that scripts can compare.</summary>
    public string Code { get; } = code;

    /// <summary>What the reader can do now.</summary>
    public string NextStep { get; } = nextStep;

    /// <summary>A wrong command or value.</summary>
    public static CommandException Usage(string message, string nextStep) =>
        new(ExitCode.Usage, "Usage", message, nextStep);
}
