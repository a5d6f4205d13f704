using System.Globalization;
using Tidemark.Engine;
using Tidemark.Nbd;

namespace Tidemark.Hosting;

/// <summary>
/// The server's log: one line an event, with time and weight, on standard error. Safe for concurrent use.
/// </summary>
/// <param name="writer">Where to write.</param>
/// <param name="time">The clock.</param>
internal sealed class ServerLog(TextWriter writer, TimeProvider time)
{
    private readonly Lock _gate = new(); // guards writer: a line is written whole

    /// <summary>Something that a person may want to know.</summary>
    public void Note(string text) => Write("info ", text);

    /// <summary>Something that a person must look at.</summary>
    public void Error(string text) => Write("ERROR", text);

    /// <summary>A message of the engine or the catalog.</summary>
    public void Engine(EngineMessage message) => Write(message.IsError ? "ERROR" : "info ", message.Text);

    /// <summary>An event of the NBD server; the everyday ones are left out.</summary>
    public void Nbd(NbdEvent happened)
    {
        if (happened.Kind is NbdEventKind.Accepted or NbdEventKind.HandshakeEnded)
            return;

        var export = happened.ExportName is null ? "" : $" {happened.ExportName}";
        var cause = happened.Exception is null ? "" : $" {happened.Exception.Message}";
        var text = $"nbd {happened.Client}{export}: {happened.Message}{cause}";
        Write(happened.Kind == NbdEventKind.Failed ? "ERROR" : "info ", text);
    }

    private void Write(string weight, string text)
    {
        var now = time.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        lock (_gate)
            writer.WriteLine($"{now} {weight} {text}");
    }
}
