using System.Text.Json;
using Tidemark.Output;

namespace Tidemark.Client;

/// <summary>
/// What the API's error codes mean to a caller: how the program ends and what can be done (docs/decisions/0008).
/// </summary>
internal static class ApiErrors
{
    private static readonly (ExitCode ExitCode, string[] Parts, string NextStep)[] Rules =
    [
        (ExitCode.Denied, ["AuthFailure", "UnauthorizedOperation"],
            "Check the keys: DATA/credentials, or TIDEMARK_SECRET_ID and TIDEMARK_SECRET_KEY."),
        (ExitCode.Quota,
            ["LimitExceeded.", "InsufficientSnapshotQuota", "ResourceInsufficient", "RequestLimitExceeded"],
            "Delete what is no longer needed ('tidemark snap ls', 'tidemark snap rm'), or raise the limit."),
        (ExitCode.NotFound, [".NotFound", "ResourceNotFound"],
            "List what there is: 'tidemark disk ls', 'tidemark snap ls'."),
        (ExitCode.Conflict,
            ["ResourceInUse", "ResourceBusy", "ResourceUnavailable", "UnsupportedOperation", ".Busy", ".NotSupported",
                ".Expire", ".AlreadyBound", "TradeDealConflict"],
            "Look at its state with 'tidemark disk show'; a connected client is disconnected by --force."),
        (ExitCode.Usage, ["InvalidParameter", "MissingParameter", "InvalidFilter", "UnknownParameter"],
            "Correct the value; 'tidemark COMMAND --help' tells what is expected."),
    ];

    /// <summary>The exception for the Error member of an answer.</summary>
    public static CommandException ToException(JsonElement error)
    {
        var code = Text(error, "Code");
        var message = Text(error, "Message");
        foreach (var (exitCode, parts, nextStep) in Rules)
        {
            if (parts.Any(part => Matches(code, part)))
                return new CommandException(exitCode, code, message, nextStep);
        }

        return new CommandException(
            ExitCode.Failed, code, message, "Look at the server's log for the cause, and run 'tidemark check'.");
    }

    // A part that starts with a dot is an ending; any other is the code's beginning.
    private static bool Matches(string code, string part) => part[0] == '.'
        ? code.EndsWith(part, StringComparison.Ordinal)
        : code.StartsWith(part.TrimEnd('.'), StringComparison.Ordinal);

    private static string Text(JsonElement error, string name) =>
        error.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";
}
