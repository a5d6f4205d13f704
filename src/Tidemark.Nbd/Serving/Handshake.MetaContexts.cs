using System.Buffers.Binary;
using System.Text;
using Tidemark.Nbd.Wire;

namespace Tidemark.Nbd.Serving;

/// <content>Listing and selecting meta contexts.</content>
internal sealed partial class Handshake
{
    private bool AnswerMetaContext(OptionKind option, byte[] content)
    {
        // Whatever comes of it, an earlier selection is void.
        if (option == OptionKind.SetMetaContext)
            _contexts = [];
        if (!_isStructured)
            return Refuse(option, OptionReplyKind.ErrorInvalid, "Structured replies must be negotiated first.");
        if (!TryParseQueries(content, out var name, out var queries))
            return RefuseInvalid(option);
        if (queries.Count > _context.Options.ContextQueriesMax)
            return Refuse(option, OptionReplyKind.ErrorTooBig, "Too many queries in one request.");
        if (TryOpen(name, out var refusal) is not { } export)
            return Refuse(option, refusal);
        var contexts = Find(export, queries, isListing: option == OptionKind.ListMetaContext);
        if (option == OptionKind.SetMetaContext)
        {
            _contextsExportName = name;
            _contexts = contexts;
        }

        return TellContexts(option, contexts) && _channel.Reply(option, OptionReplyKind.Ack);
    }

    /// <summary>Name of the export, number of queries, queries; each query has a name space and a colon.</summary>
    private bool TryParseQueries(byte[] content, out string name, out List<string> queries)
    {
        queries = [];
        var reader = new OptionReader(content);
        if (!reader.TryText(out name) || !reader.TryUInt32(out var queryCount))
            return false;
        for (uint i = 0; i < queryCount; i++)
        {
            if (!reader.TryText(out var query) || query.IndexOf(':', StringComparison.Ordinal) <= 0)
                return false;
            // One more than allowed is enough to know; the option's length bounds the loop.
            if (queries.Count <= _context.Options.ContextQueriesMax)
                queries.Add(query);
        }

        return reader.IsAtEnd;
    }

    private List<string> Find(Export export, List<string> queries, bool isListing)
    {
        var found = new List<string>();
        try
        {
            if (isListing && queries.Count == 0)
                AddListed(found, export, "");
            foreach (var query in queries)
            {
                // A name space alone lists; it never selects.
                if (query.EndsWith(':') && isListing)
                    AddListed(found, export, query);
                else if (!query.EndsWith(':') && export.TryResolveContext(query))
                    Add(found, query);
            }
        }
        catch (Exception e)
        {
            _onFault(e);
        }

        return found;
    }

    private void AddListed(List<string> found, Export export, string prefix)
    {
        foreach (var context in export.MetaContexts)
        {
            if (context.StartsWith(prefix, StringComparison.Ordinal))
                Add(found, context);
        }
    }

    private void Add(List<string> found, string context)
    {
        var isBounded = Encoding.UTF8.GetByteCount(context) <= ProtocolLimits.StringMaxBytes;
        if (isBounded && found.Count < _context.Options.ContextsMax && !found.Contains(context, StringComparer.Ordinal))
            found.Add(context);
    }

    private bool TellContexts(OptionKind option, List<string> contexts)
    {
        Span<byte> id = stackalloc byte[sizeof(uint)];
        for (var i = 0; i < contexts.Count; i++)
        {
            // In a listing the id is reserved and zero.
            BinaryPrimitives.WriteInt32BigEndian(id, option == OptionKind.SetMetaContext ? i : 0);
            if (!_channel.Reply(option, OptionReplyKind.MetaContext, id, WireText.Encode(contexts[i])))
                return false;
        }

        return true;
    }
}
