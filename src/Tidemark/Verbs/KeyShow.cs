using Tidemark.Client;
using Tidemark.Output;

namespace Tidemark.Verbs;

/// <summary>tidemark key show: never the secret itself.</summary>
internal sealed class KeyShow() : Verb("show", "Show which key the commands use, and where its secret is.")
{
    /// <inheritdoc/>
    protected override Task RunAsync(VerbCall call)
    {
        var (secretId, _, source) = CommonOptions.FindKey(call.Parse);
        var endpoint = CommonOptions.EndpointOf(call.Parse).ToString();
        var region = CommonOptions.RegionOf(call.Parse);
        if (call.Printer.IsJson)
        {
            call.Printer.Json(new KeyHint(secretId, source, endpoint, region), OutputJson.Pretty.KeyHint);
        }
        else
        {
            call.Printer.Properties(
            [
                ("secret id", secretId),
                ("from", source),
                ("endpoint", endpoint),
                ("region", region),
            ]);
        }

        return Task.CompletedTask;
    }
}
