using System.Buffers.Binary;
using Tidemark.Nbd.Wire;

namespace Tidemark.Nbd.Serving;

/// <summary>
/// The server's side of the fixed newstyle handshake. A mistake that the protocol has an error for gets that error and
/// the handshake goes on; any other ends it. An export that was opened for a query is kept for the choice that follows.
/// </summary>
internal sealed partial class Handshake : IDisposable
{
    private const int OptionHeaderBytes = sizeof(ulong) + (2 * sizeof(uint));
    private const HandshakeFlags KnownFlags = HandshakeFlags.FixedNewstyle | HandshakeFlags.NoZeroes;

    private readonly HandshakeChannel _channel;
    private readonly ServingContext _context;
    private readonly ClientIdentity _client;
    private readonly Action<Exception> _onFault;
    private HandshakeFlags _clientFlags;
    private Export? _export;
    private string _exportName = "";
    private bool _isStructured;
    private string _contextsExportName = "";
    private List<string> _contexts = [];
    private Negotiation? _result;
    private string? _ending;
    private bool _isOrderly;

    /// <summary>Begins with nothing sent.</summary>
    public Handshake(
        HandshakeChannel channel, ServingContext context, ClientIdentity client, Action<Exception> onFault)
    {
        _channel = channel;
        _context = context;
        _client = client;
        _onFault = onFault;
    }

    /// <summary>Why there is no result.</summary>
    public ConnectionEnd End => new(_isOrderly, _ending ?? _channel.Failure);

    /// <summary>Talks until an export is chosen; null when the session is over. The caller owns the export.</summary>
    public Negotiation? Run()
    {
        if (!Greet())
            return null;
        for (var i = 0; i < _context.Options.OptionsMax; i++)
        {
            if (!TakeOption())
                return null;
            if (_result != null)
                return _result;
        }

        _ending = $"The client sent more than {_context.Options.OptionsMax} options.";
        return null;
    }

    /// <summary>Lets go of an export that was opened and not chosen.</summary>
    public void Dispose() => Forget();

    private bool Greet()
    {
        Span<byte> greeting = stackalloc byte[(2 * sizeof(ulong)) + sizeof(ushort)];
        BinaryPrimitives.WriteUInt64BigEndian(greeting, Magic.Greeting);
        BinaryPrimitives.WriteUInt64BigEndian(greeting[8..], Magic.Option);
        BinaryPrimitives.WriteUInt16BigEndian(greeting[16..], (ushort)KnownFlags);
        Span<byte> answer = stackalloc byte[sizeof(uint)];
        if (!_channel.Append(greeting) || !_channel.Send() || !_channel.Receive(answer))
            return false;
        _clientFlags = (HandshakeFlags)BinaryPrimitives.ReadUInt32BigEndian(answer);
        return (_clientFlags & ~KnownFlags) == 0 || Fail($"The client set unknown flags: 0x{(uint)_clientFlags:x}.");
    }

    private bool TakeOption()
    {
        Span<byte> header = stackalloc byte[OptionHeaderBytes];
        if (!_channel.Receive(header))
            return false;
        if (BinaryPrimitives.ReadUInt64BigEndian(header) != Magic.Option)
            return Fail("The client sent something that is not an option (wrong magic number).");
        var option = (OptionKind)BinaryPrimitives.ReadUInt32BigEndian(header[8..]);
        var lengthBytes = BinaryPrimitives.ReadUInt32BigEndian(header[12..]);
        if (option != OptionKind.ExportName && !_clientFlags.HasFlag(HandshakeFlags.FixedNewstyle))
            return Fail("The client sent an option that needs the fixed newstyle handshake, which it did not choose.");
        if (lengthBytes > ProtocolLimits.OptionMaxBytes)
            return SkipLong(option, lengthBytes);
        var content = new byte[lengthBytes];
        return _channel.Receive(content) && Answer(option, content) && _channel.Send();
    }

    private bool SkipLong(OptionKind option, uint lengthBytes)
    {
        if (option == OptionKind.ExportName || lengthBytes > ProtocolLimits.OptionSkipMaxBytes)
        {
            const int optionMaxBytes = ProtocolLimits.OptionMaxBytes;
            return Fail($"The client sent an option of {lengthBytes} bytes; at most {optionMaxBytes} are read.");
        }

        return _channel.Skip(lengthBytes) &&
               Refuse(option, OptionReplyKind.ErrorTooBig, "The option's data is too long.") &&
               _channel.Send();
    }

    private bool Answer(OptionKind option, byte[] content)
    {
        switch (option)
        {
            case OptionKind.ExportName:
                return AnswerExportName(content);
            case OptionKind.Abort:
                _isOrderly = true;
                _channel.Reply(option, OptionReplyKind.Ack);
                _channel.Send();
                return Fail("The client ended the handshake.");
            case OptionKind.List:
                return content.Length == 0 ? AnswerList() : RefuseInvalid(option);
            case OptionKind.Info:
            case OptionKind.Go:
                return AnswerInfo(option, content);
            case OptionKind.StructuredReply:
                if (content.Length > 0)
                    return RefuseInvalid(option);
                _isStructured = true;
                return _channel.Reply(option, OptionReplyKind.Ack);
            case OptionKind.ListMetaContext:
            case OptionKind.SetMetaContext:
                return AnswerMetaContext(option, content);
            default:
                return Refuse(option, OptionReplyKind.ErrorUnsupported, "This server does not know the option.");
        }
    }

    private bool AnswerExportName(byte[] content)
    {
        if (!WireText.TryDecode(content, out var name))
            return Fail("The client asked for an export by a name that is not UTF-8.");
        if (TryOpen(name, out var refusal) is not { } export)
            return Fail($"Export '{name}' was not opened: {refusal.Message}");
        Span<byte> answer = stackalloc byte[sizeof(ulong) + sizeof(ushort) + ProtocolLimits.ReservedZerosBytes];
        answer.Clear();
        BinaryPrimitives.WriteInt64BigEndian(answer, export.SizeBytes);
        BinaryPrimitives.WriteUInt16BigEndian(answer[8..], (ushort)FlagsOf(export));
        if (_clientFlags.HasFlag(HandshakeFlags.NoZeroes))
            answer = answer[..(sizeof(ulong) + sizeof(ushort))];
        return _channel.Append(answer) && Choose();
    }

    private bool AnswerList()
    {
        foreach (var listing in List())
        {
            var name = WireText.Encode(listing.Name);
            var entry = new byte[sizeof(uint) + name.Length];
            BinaryPrimitives.WriteInt32BigEndian(entry, name.Length);
            name.CopyTo(entry, sizeof(uint));
            if (!_channel.Reply(OptionKind.List, OptionReplyKind.Server, entry, WireText.Encode(listing.Description)))
                return false;
        }

        return _channel.Reply(OptionKind.List, OptionReplyKind.Ack);
    }

    private IEnumerable<ExportListing> List()
    {
        var countMax = _context.Options.ListingsMax;
        try
        {
            return _context.Catalog.List(_client, countMax).Take(countMax);
        }
        catch (Exception e)
        {
            _onFault(e);
            return [];
        }
    }

    private bool AnswerInfo(OptionKind option, byte[] content)
    {
        var reader = new OptionReader(content);
        if (!reader.TryText(out var name) || !reader.TryUInt16(out var factCount))
            return RefuseInvalid(option);
        bool isNameAsked = false, isDescriptionAsked = false;
        for (var i = 0; i < factCount; i++)
        {
            if (!reader.TryUInt16(out var fact))
                return RefuseInvalid(option);
            isNameAsked |= fact == (ushort)ExportFact.Name;
            isDescriptionAsked |= fact == (ushort)ExportFact.Description;
        }

        if (!reader.IsAtEnd)
            return RefuseInvalid(option);
        if (TryOpen(name, out var refusal) is not { } export)
            return Refuse(option, refusal);
        return TellFacts(option, export) &&
               (!isNameAsked || TellText(option, ExportFact.Name, export.Name)) &&
               (!isDescriptionAsked || export.Description.Length == 0 ||
                TellText(option, ExportFact.Description, export.Description)) &&
               _channel.Reply(option, OptionReplyKind.Ack) &&
               (option != OptionKind.Go || Choose());
    }

    private bool TellFacts(OptionKind option, Export export)
    {
        Span<byte> size = stackalloc byte[sizeof(ushort) + sizeof(ulong) + sizeof(ushort)];
        BinaryPrimitives.WriteUInt16BigEndian(size, (ushort)ExportFact.Export);
        BinaryPrimitives.WriteInt64BigEndian(size[2..], export.SizeBytes);
        BinaryPrimitives.WriteUInt16BigEndian(size[10..], (ushort)FlagsOf(export));
        Span<byte> blocks = stackalloc byte[sizeof(ushort) + (3 * sizeof(uint))];
        BinaryPrimitives.WriteUInt16BigEndian(blocks, (ushort)ExportFact.BlockSize);
        BinaryPrimitives.WriteUInt32BigEndian(blocks[2..], Export.BlockSizeMinBytes);
        BinaryPrimitives.WriteUInt32BigEndian(blocks[6..], Export.BlockSizePreferredBytes);
        BinaryPrimitives.WriteUInt32BigEndian(blocks[10..], Export.PayloadMaxBytes);
        return _channel.Reply(option, OptionReplyKind.Info, size) &&
               _channel.Reply(option, OptionReplyKind.Info, blocks);
    }

    private bool TellText(OptionKind option, ExportFact fact, string text)
    {
        Span<byte> kind = stackalloc byte[sizeof(ushort)];
        BinaryPrimitives.WriteUInt16BigEndian(kind, (ushort)fact);
        return _channel.Reply(option, OptionReplyKind.Info, kind, WireText.Encode(text));
    }

    private TransmissionFlags FlagsOf(Export export)
    {
        var flags = TransmissionFlags.HasFlags | TransmissionFlags.SendFlush | TransmissionFlags.SendForceUnitAccess |
                    TransmissionFlags.SendCache;
        flags |= export.IsReadOnly
            ? TransmissionFlags.ReadOnly
            : TransmissionFlags.SendTrim | TransmissionFlags.SendWriteZeroes | TransmissionFlags.SendFastZero;
        if (export.CanMultiConnect)
            flags |= TransmissionFlags.CanMultiConnect;
        if (_isStructured)
            flags |= TransmissionFlags.SendDoNotFragment;
        return flags;
    }

    /// <summary>Hands the open export to the result.</summary>
    private bool Choose()
    {
        if (_export is not { } export)
            return Fail("No export is open.");
        // Contexts were selected for one export; they mean nothing for another.
        var areContextsMeant = string.Equals(_contextsExportName, _exportName, StringComparison.Ordinal);
        _result = new Negotiation(export, _isStructured, areContextsMeant ? _contexts : []);
        _export = null;
        return true;
    }

    /// <summary>Opens an export, or keeps the one that is open if it has this name; null means refused.</summary>
    private Export? TryOpen(string name, out NbdOpenRefusal refusal)
    {
        refusal = new NbdOpenRefusal(NbdRefusalKind.Unknown, "There is no such export.");
        if (_export != null && string.Equals(_exportName, name, StringComparison.Ordinal))
            return _export;
        Forget();
        try
        {
            _export = _context.Catalog.Open(name, _client, out var reason);
            _exportName = name;
            refusal = reason ?? refusal;
            return _export;
        }
        catch (Exception e)
        {
            _onFault(e);
            refusal = new NbdOpenRefusal(NbdRefusalKind.Policy, "The server failed to open it; its log says why.");
            return null;
        }
    }

    private void Forget()
    {
        var export = _export;
        _export = null;
        try
        {
            export?.Dispose();
        }
        catch (Exception e)
        {
            _onFault(e);
        }
    }

    private bool Refuse(OptionKind option, NbdOpenRefusal refusal) => Refuse(
        option,
        refusal.Kind switch
        {
            NbdRefusalKind.Policy => OptionReplyKind.ErrorPolicy,
            NbdRefusalKind.Shutdown => OptionReplyKind.ErrorShutdown,
            _ => OptionReplyKind.ErrorUnknown,
        },
        refusal.Message);

    private bool Refuse(OptionKind option, OptionReplyKind error, string message) =>
        _channel.Reply(option, error, WireText.Encode(message));

    private bool RefuseInvalid(OptionKind option) =>
        Refuse(option, OptionReplyKind.ErrorInvalid, "The option's data breaks the protocol's rules.");

    private bool Fail(string reason)
    {
        _ending = reason;
        return false;
    }
}
