using Tidemark.Client;
using Tidemark.Output;

namespace Tidemark.Verbs;

/// <summary>tidemark key show: never the secret itself.</summary>
internal sealed class KeyShow() : Verb("show", "Show which key the commands use, and where its secret is.")
{
    /// <inheritdoc/>
    protected override Task RunAsync(VerbCall call)
    {
        var (settings, source) = CommonOptions.FindClientSettings(call.Parse);
        var endpoint = settings.Endpoint.ToString();
        if (call.Printer.IsJson)
        {
            var hint = new KeyHint(settings.SecretId, source, endpoint, settings.Region);
            call.Printer.Json(hint, OutputJson.Pretty.KeyHint);
        }
        else
        {
            call.Printer.Properties(
            [
                ("secret id", settings.SecretId),
                ("from", source),
                ("endpoint", endpoint),
                ("region", settings.Region),
            ]);
        }

        return Task.CompletedTask;
    }
}
