using System.Buffers.Binary;
using System.Text;
using Tidemark.Nbd.Wire;

namespace Tidemark.Nbd.Client;

/// <summary>The client's side of the fixed newstyle handshake.</summary>
internal sealed class ClientHandshake(ClientChannel channel)
{
    private readonly ClientChannel _channel = channel;

    /// <summary>Size of the export.</summary>
    public long SizeBytes { get; private set; } = -1;

    /// <summary>What the export can do.</summary>
    public TransmissionFlags Flags { get; private set; }

    /// <summary>What the server says about the export for people.</summary>
    public string Description { get; private set; } = "";

    /// <summary>Smallest unit of requests.</summary>
    public int BlockSizeMinBytes { get; private set; } = 1;

    /// <summary>Longest request.</summary>
    public int PayloadMaxBytes { get; private set; } = Export.PayloadMaxBytes;

    /// <summary>Whether replies are structured.</summary>
    public bool IsStructured { get; private set; }

    /// <summary>The selected meta contexts by id.</summary>
    public Dictionary<uint, string> Contexts { get; } = [];

    /// <summary>Takes the greeting and answers it.</summary>
    public void Greet()
    {
        Span<byte> greeting = stackalloc byte[(2 * sizeof(ulong)) + sizeof(ushort)];
        _channel.Receive(greeting);
        if (BinaryPrimitives.ReadUInt64BigEndian(greeting) != Magic.Greeting)
            throw new NbdException("This is not an NBD server: it greets in another way.");
        var flags = (HandshakeFlags)BinaryPrimitives.ReadUInt16BigEndian(greeting[16..]);
        if (BinaryPrimitives.ReadUInt64BigEndian(greeting[8..]) != Magic.Option ||
            !flags.HasFlag(HandshakeFlags.FixedNewstyle))
            throw new NbdException("The NBD server is too old: it does not know the fixed newstyle handshake.");
        Span<byte> answer = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(
            answer, (uint)(flags & (HandshakeFlags.FixedNewstyle | HandshakeFlags.NoZeroes)));
        _channel.Send(answer);
    }

    /// <summary>Chooses an export.</summary>
    public void Open(string exportName, NbdClientOptions options)
    {
        if (options.WantsStructuredReplies)
            IsStructured = _channel.Ask(OptionKind.StructuredReply, []).Kind == OptionReplyKind.Ack;
        if (IsStructured && options.MetaContexts.Count > 0)
            SelectContexts(exportName, options.MetaContexts);
        var request = new MemoryStream();
        WriteText(request, exportName);
        WriteUInt16(request, 2);
        WriteUInt16(request, (ushort)ExportFact.Description);
        WriteUInt16(request, (ushort)ExportFact.BlockSize);
        var last = _channel.Ask(OptionKind.Go, request.ToArray(), TakeFact);
        if (last.Kind != OptionReplyKind.Ack)
            throw Refused($"export '{exportName}'", last);
        if (SizeBytes < 0)
            throw new NbdException("The NBD server opened the export without saying its size.");
    }

    /// <summary>Lists the exports.</summary>
    public List<ExportListing> List()
    {
        var listings = new List<ExportListing>();
        var last = _channel.Ask(OptionKind.List, [], (_, content) =>
        {
            var reader = new OptionReader(content);
            if (!reader.TryText(out var name))
                throw new NbdException("The NBD server sent a list entry that cannot be read.");
            var nameEnd = sizeof(uint) + Encoding.UTF8.GetByteCount(name);
            listings.Add(new ExportListing(name, ClientChannel.TextOf(content.AsSpan(nameEnd))));
        });
        return last.Kind == OptionReplyKind.Ack ? listings : throw Refused("to list its exports", last);
    }

    /// <summary>Lists the meta contexts of an export.</summary>
    public List<string> ListContexts(string exportName)
    {
        if (_channel.Ask(OptionKind.StructuredReply, []).Kind != OptionReplyKind.Ack)
            return [];
        var contexts = new List<string>();
        var request = new MemoryStream();
        WriteText(request, exportName);
        WriteUInt32(request, 0);
        var last = _channel.Ask(OptionKind.ListMetaContext, request.ToArray(), (_, content) =>
        {
            if (content.Length > sizeof(uint))
                contexts.Add(ClientChannel.TextOf(content.AsSpan(sizeof(uint))));
        });
        return last.Kind == OptionReplyKind.Ack ? contexts : throw Refused("to list meta contexts", last);
    }

    /// <summary>Says goodbye instead of choosing an export.</summary>
    public void Abort() => _channel.SendOption(OptionKind.Abort, []);

    private void SelectContexts(string exportName, IReadOnlyList<string> contexts)
    {
        var request = new MemoryStream();
        WriteText(request, exportName);
        WriteUInt32(request, (uint)contexts.Count);
        foreach (var context in contexts)
            WriteText(request, context);
        var last = _channel.Ask(OptionKind.SetMetaContext, request.ToArray(), (_, content) =>
        {
            if (content.Length <= sizeof(uint))
                return;
            var id = BinaryPrimitives.ReadUInt32BigEndian(content);
            Contexts[id] = ClientChannel.TextOf(content.AsSpan(sizeof(uint)));
        });
        if (last.Kind is not (OptionReplyKind.Ack or OptionReplyKind.ErrorUnsupported))
            throw Refused("the meta contexts", last);
    }

    private void TakeFact(OptionReplyKind kind, byte[] content)
    {
        if (kind != OptionReplyKind.Info || content.Length < sizeof(ushort))
            return;
        var fact = (ExportFact)BinaryPrimitives.ReadUInt16BigEndian(content);
        var value = content.AsSpan(sizeof(ushort));
        if (fact == ExportFact.Export && value.Length == sizeof(ulong) + sizeof(ushort))
        {
            SizeBytes = BinaryPrimitives.ReadInt64BigEndian(value);
            Flags = (TransmissionFlags)BinaryPrimitives.ReadUInt16BigEndian(value[8..]);
        }
        else if (fact == ExportFact.Description)
        {
            Description = ClientChannel.TextOf(value);
        }
        else if (fact == ExportFact.BlockSize && value.Length == 3 * sizeof(uint))
        {
            BlockSizeMinBytes = (int)Math.Clamp(BinaryPrimitives.ReadUInt32BigEndian(value), 1, 65536);
            PayloadMaxBytes = (int)Math.Min(BinaryPrimitives.ReadUInt32BigEndian(value[8..]), Export.PayloadMaxBytes);
        }
    }

    private static NbdException Refused(string what, (OptionReplyKind Kind, byte[] Content) reply)
    {
        var detail = reply.Content.Length > 0 ? $": {ClientChannel.TextOf(reply.Content)}" : ".";
        return new NbdException($"The NBD server refused {what} ({reply.Kind}){detail}");
    }

    private static void WriteText(MemoryStream destination, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        if (bytes.Length > ProtocolLimits.StringMaxBytes)
            throw new NbdException($"A name of {bytes.Length} bytes is too long for the NBD protocol.");
        WriteUInt32(destination, (uint)bytes.Length);
        destination.Write(bytes);
    }

    private static void WriteUInt32(MemoryStream destination, uint value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        destination.Write(bytes);
    }

    private static void WriteUInt16(MemoryStream destination, ushort value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ushort)];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, value);
        destination.Write(bytes);
    }
}
