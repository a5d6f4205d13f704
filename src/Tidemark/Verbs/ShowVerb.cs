using System.CommandLine;
using System.Text.Json;
using Tidemark.Output;

namespace Tidemark.Verbs;

/// <summary>A command that shows one thing: as JSON with all members, or as a list of properties.</summary>
/// <typeparam name="TView">The thing as the server described it.</typeparam>
internal abstract class ShowVerb<TView> : Verb
{
    private readonly Argument<string> _named;

    /// <summary>A verb <c>show</c> with the argument that names the thing.</summary>
    protected ShowVerb(string description, Argument<string> named)
        : base("show", description)
    {
        _named = named;
        Arguments.Add(named);
    }

    /// <summary>The one thing that the text names.</summary>
    protected abstract Task<TView> FindAsync(VerbCall call, string text);

    /// <summary>All that is known of it.</summary>
    protected abstract Task<JsonElement> WholeAsync(VerbCall call, TView view);

    /// <summary>What a person wants to know of it.</summary>
    protected abstract Task<IReadOnlyList<(string Name, string Value)>> PropertiesAsync(VerbCall call, TView view);

    /// <inheritdoc/>
    protected sealed override async Task RunAsync(VerbCall call)
    {
        var view = await FindAsync(call, call.Parse.GetRequiredValue(_named));
        if (call.Printer.IsJson)
            call.Printer.Json(await WholeAsync(call, view), OutputJson.Pretty.JsonElement);
        else
            call.Printer.Properties(await PropertiesAsync(call, view));
    }
}
