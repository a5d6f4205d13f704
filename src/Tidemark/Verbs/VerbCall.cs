using System.CommandLine;
using Tidemark.Client;
using Tidemark.Output;

namespace Tidemark.Verbs;

/// <summary>One invocation of a verb: what was parsed, where to print, whom to ask.</summary>
internal sealed class VerbCall : IDisposable
{
    private readonly Lazy<TidemarkClient> _client;

    /// <summary>An invocation; no server is asked before <see cref="Client"/> is used.</summary>
    public VerbCall(ParseResult parse, Printer printer, CancellationToken cancellation)
    {
        Parse = parse;
        Printer = printer;
        Cancellation = cancellation;
        _client = new Lazy<TidemarkClient>(
            () => new TidemarkClient(CommonOptions.FindClientSettings(parse).Settings, Time));
    }

    /// <summary>What was parsed.</summary>
    public ParseResult Parse { get; }

    /// <summary>Where to print.</summary>
    public Printer Printer { get; }

    /// <summary>Set when the user wants to stop.</summary>
    public CancellationToken Cancellation { get; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; } = TimeProvider.System;

    /// <summary>The server.</summary>
    public TidemarkClient Client => _client.Value;

    /// <summary>The data folder as an absolute path.</summary>
    public string DataFolder => CommonOptions.DataFolder(Parse);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_client.IsValueCreated)
            _client.Value.Dispose();
    }
}
