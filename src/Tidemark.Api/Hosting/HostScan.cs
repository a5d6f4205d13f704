using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;

namespace Tidemark.Api.Hosting;

/// <summary>
/// The look through one head for the Host header, as far as the head has come. No line is looked for twice, however
/// small the pieces are, and a head with too much before its Host header is left as it is.
/// </summary>
internal sealed class HostScan
{
    private const int HeaderLinesMax = 100;

    // After the request line, which is long when it carries a signed query.
    private const int HeaderBytesMax = 32 * 1024;

    private static readonly string[] Schemes = ["http://", "https://"];

    private long _lineStart;
    private long _searchedEnd;
    private long _headersStart;
    private int _lineCount;

    /// <summary>Goes on with all that has come since the head's first byte; blanks the scheme if there.</summary>
    /// <returns>Whether nothing that may still come matters, and the scheme that was there, or null.</returns>
    public (bool IsDecided, string? Scheme) Continue(ReadOnlySequence<byte> buffer)
    {
        // The request line, then a header a line.
        while (NextLine(buffer) is { } line)
        {
            var start = _lineStart;
            _lineStart = _searchedEnd;
            if (_lineCount++ == 0)
            {
                _headersStart = _lineStart;
                continue;
            }

            if (line.Length <= 1)
                return (true, null);
            if (FindScheme(line) is { } found)
            {
                if (found.Scheme is { } scheme)
                    Blank(buffer.Slice(start + found.Offset, scheme.Length));
                return (true, found.Scheme);
            }

            if (_lineCount > HeaderLinesMax || _lineStart - _headersStart > HeaderBytesMax)
                return (true, null);
        }

        return (_lineCount > 0 && buffer.Length - _headersStart > HeaderBytesMax, null);
    }

    // Without its end; null when the end has not come yet.
    private ReadOnlySequence<byte>? NextLine(ReadOnlySequence<byte> buffer)
    {
        var rest = buffer.Slice(_searchedEnd);
        if (rest.PositionOf((byte)'\n') is not { } end)
        {
            _searchedEnd = buffer.Length;
            return null;
        }

        _searchedEnd += rest.Slice(0, end).Length + 1;
        return buffer.Slice(_lineStart, _searchedEnd - 1 - _lineStart);
    }

    // Null when the line is not the Host header.
    private static (int Offset, string? Scheme)? FindScheme(ReadOnlySequence<byte> line)
    {
        const int longestStart = 128;
        var name = "host:"u8;
        Span<byte> start = stackalloc byte[longestStart];
        start = start[..(int)Math.Min(line.Length, longestStart)];
        line.Slice(0, start.Length).CopyTo(start);
        if (start.Length < name.Length || !Ascii.EqualsIgnoreCase(start[..name.Length], name))
            return null;
        var text = Encoding.Latin1.GetString(start);
        var value = text[name.Length..];
        var offset = text.Length - value.TrimStart(' ', '\t').Length;
        var scheme = Schemes.FirstOrDefault(
            known => text.AsSpan(offset).StartsWith(known, StringComparison.Ordinal));
        return (offset, scheme);
    }

    // The memory is the transport's own: until the server has read it, nobody else looks at it.
    private static void Blank(ReadOnlySequence<byte> bytes)
    {
        foreach (var segment in bytes)
            MemoryMarshal.AsMemory(segment).Span.Fill((byte)' ');
    }
}
