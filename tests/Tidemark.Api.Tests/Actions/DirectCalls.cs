using System.Text.Json;
using Tidemark.Api.Actions;
using Tidemark.Api.Wire;
using Tidemark.Disks;
using Tidemark.Disks.Accounts;

namespace Tidemark.Api.Tests.Actions;

/// <summary>Calls actions of the table without HTTP, and answers what a client would be sent.</summary>
internal sealed class DirectCalls(DiskDomain domain)
{
    private static readonly ApiOptions Options = new() { Listen = [] };

    /// <summary>The Response object; a refusal is thrown as it is.</summary>
    public JsonElement Call(string action, string body)
    {
        var found = ActionTable.Find(action)
            ?? throw new InvalidOperationException($"There is no action {action} in the table.");
        using var request = JsonDocument.Parse(body);
        var scope = new Scope(Scope.FirstAccountId, domain.Options.Region);
        var response = found.Run(new ActionCall
        {
            Domain = domain,
            Options = Options,
            Jobs = null!,
            Parameters = new ParameterReader(request.RootElement, "", found.Parameters),
            Caller = new Caller(TestSigner.KnownId, "request", "127.0.0.1") { Scope = scope },
        });
        using var answer = JsonDocument.Parse(Envelope.Write(response, "request"));
        return answer.RootElement.GetProperty("Response").Clone();
    }
}
