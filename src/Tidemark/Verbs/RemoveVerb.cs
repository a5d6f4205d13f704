using System.CommandLine;

namespace Tidemark.Verbs;

/// <summary>A command that removes things of one kind, and waits until they are gone unless told not to.</summary>
internal abstract class RemoveVerb : Verb
{
    private readonly Argument<string[]> _named;
    private readonly Option<bool> _noWait = Inputs.NoWait();

    /// <summary>A verb <c>rm</c> for one or more things.</summary>
    /// <param name="description">What it does.</param>
    /// <param name="argument">What the things are called in the usage.</param>
    /// <param name="argumentDescription">How they may be named.</param>
    protected RemoveVerb(string description, string argument, string argumentDescription)
        : base("rm", description)
    {
        _named = new Argument<string[]>(argument)
        {
            Description = argumentDescription,
            Arity = ArgumentArity.OneOrMore,
        };
        Arguments.Add(_named);
        Options.Add(_noWait);
    }

    /// <summary>The id of the one thing that the text names.</summary>
    protected abstract Task<string> FindIdAsync(VerbCall call, string text);

    /// <summary>Removes all of them, or none.</summary>
    protected abstract Task RemoveAsync(VerbCall call, IReadOnlyList<string> ids);

    /// <summary>Waits until one is gone.</summary>
    protected abstract Task WaitUntilGoneAsync(VerbCall call, string id);

    /// <summary>Says what was done.</summary>
    protected abstract void Print(VerbCall call, IReadOnlyList<string> ids);

    /// <inheritdoc/>
    protected sealed override async Task RunAsync(VerbCall call)
    {
        var ids = new List<string>();
        foreach (var text in call.Parse.GetRequiredValue(_named))
            ids.Add(await FindIdAsync(call, text));

        await RemoveAsync(call, ids);
        if (!call.Parse.GetValue(_noWait))
        {
            foreach (var id in ids)
                await WaitUntilGoneAsync(call, id);
        }

        Print(call, ids);
    }
}
