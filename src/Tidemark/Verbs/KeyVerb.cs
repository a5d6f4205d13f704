using System.CommandLine;

namespace Tidemark.Verbs;

/// <summary>A command that does something with one key.</summary>
internal abstract class KeyVerb : Verb
{
    private readonly Argument<string> _key = new("SECRET-ID") { Description = "the key's public part" };

    /// <summary>A verb with the argument that names the key.</summary>
    protected KeyVerb(string name, string description)
        : base(name, description) =>
        Arguments.Add(_key);

    /// <summary>Does it, and says what was done.</summary>
    protected abstract Task<string> ChangeAsync(VerbCall call, string secretId);

    /// <inheritdoc/>
    protected sealed override async Task RunAsync(VerbCall call) =>
        call.Printer.Note(await ChangeAsync(call, call.Parse.GetRequiredValue(_key)));
}
