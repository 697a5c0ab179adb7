using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Providers.Http;

/// <summary>
/// Takes a JSON document apart as it comes: one text, a file in base64, is decoded piece by piece; the rest, which is small, becomes a document without it. Pure.
/// </summary>
/// <param name="field">The name of that text. The first one is the file; others of the name are passed over.</param>
/// <param name="maxJsonBytes">Of the rest.</param>
/// <param name="maxFileBytes">Of the file, decoded.</param>
internal sealed class JsonSplit(string field, int maxJsonBytes, long maxFileBytes)
{
    private const int Group = 4;

    private readonly byte[] _field = Encoding.UTF8.GetBytes(field);
    private readonly ArrayBufferWriter<byte> _rest = new();
    private readonly ArrayBufferWriter<byte> _encoded = new();
    private readonly ArrayBufferWriter<byte> _decoded = new();
    private Place _place;
    private bool _escaped;
    private string _escape = string.Empty;
    private bool _isValue;
    private int _matched = -1;
    private bool _hasFile;
    private long _letters;
    private long _fileBytes;

    private enum Place
    {
        Between,
        Text,
        File,
    }

    public JsonFlaw Flaw { get; private set; }

    /// <summary>What the last <see cref="Take"/> brought of the file.</summary>
    public ReadOnlyMemory<byte> Decoded => _decoded.WrittenMemory;

    public void Take(ReadOnlySpan<byte> bytes)
    {
        _decoded.ResetWrittenCount();
        while (!bytes.IsEmpty && Flaw == JsonFlaw.None)
        {
            bytes = bytes[(_place == Place.File ? TakeFile(bytes) : TakeRest(bytes))..];
        }
    }

    /// <summary>Once all has been taken.</summary>
    public JsonRead End()
    {
        if (Flaw != JsonFlaw.None)
        {
            return new JsonRead(null, string.Empty, _fileBytes, Flaw);
        }

        try
        {
            using var document = JsonDocument.Parse(_rest.WrittenMemory);
            return new JsonRead(document.RootElement.Clone(), string.Empty, _fileBytes, JsonFlaw.None);
        }
        catch (JsonException)
        {
            return new JsonRead(null, Encoding.UTF8.GetString(_rest.WrittenSpan), _fileBytes, JsonFlaw.NotJson);
        }
    }

    private int TakeRest(ReadOnlySpan<byte> bytes)
    {
        var length = 0;
        while (length < bytes.Length && _place != Place.File)
        {
            Step(bytes[length++]);
        }

        if (_rest.WrittenCount + length > maxJsonBytes)
        {
            Flaw = JsonFlaw.TooLarge;
        }
        else
        {
            _rest.Write(bytes[..length]);
        }

        return length;
    }

    private void Step(byte letter)
    {
        switch (letter)
        {
            case var _ when _place == Place.Text:
                StepInText(letter);
                break;
            case (byte)'"':
                (_place, _matched, _isValue) = (_isValue ? Place.File : Place.Text, 0, false);
                break;
            case (byte)':':
                (_isValue, _matched) = (_matched == _field.Length, -1);
                break;
            case (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n':
                break;
            default:
                (_isValue, _matched) = (false, -1);
                break;
        }
    }

    private void StepInText(byte letter)
    {
        if (_escaped)
        {
            (_escaped, _matched) = (false, -1);
        }
        else if (letter == '\\')
        {
            _escaped = true;
        }
        else if (letter == '"')
        {
            _place = Place.Between;
        }
        else
        {
            _matched = _matched >= 0 && _matched < _field.Length && letter == _field[_matched] ? _matched + 1 : -1;
        }
    }

    private int TakeFile(ReadOnlySpan<byte> bytes)
    {
        if (_escaped)
        {
            TakeEscaped(bytes[0]);
            return 1;
        }

        var end = bytes.IndexOfAny((byte)'"', (byte)'\\');
        var ended = end >= 0 && bytes[end] == '"';
        Decode(end < 0 ? bytes : bytes[..end], ended);
        _escaped = end >= 0 && !ended;
        if (ended)
        {
            (_place, _matched, _hasFile) = (Place.Between, -1, true);
            _rest.Write("\""u8);
        }

        return end < 0 ? bytes.Length : end + 1;
    }

    /// <summary>Some write <c>+</c> as <c>\u002B</c>, others <c>/</c> as <c>\/</c>; nothing else that is escaped belongs into base64.</summary>
    private void TakeEscaped(byte letter)
    {
        _escape += (char)letter;
        _escaped = _escape[0] == 'u' && _escape.Length < 5;
        if (_escaped)
        {
            return;
        }

        if (_escape == "/")
        {
            Decode("/"u8, last: false);
        }
        else if (_escape[0] == 'u' && byte.TryParse(_escape.AsSpan(1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
        {
            Decode([code], last: false);
        }
        else
        {
            Flaw = JsonFlaw.NotBase64;
        }

        _escape = string.Empty;
    }

    private void Decode(ReadOnlySpan<byte> letters, bool last)
    {
        _letters += letters.Length;
        if (_letters > (maxFileBytes + 2) / 3 * Group)
        {
            Flaw = JsonFlaw.TooLarge;
        }

        if (_hasFile || Flaw != JsonFlaw.None)
        {
            return;
        }

        // The last group may be padded, and only the end may: it waits until it is known to be the end, or not.
        _encoded.Write(letters);
        var waiting = _encoded.WrittenSpan;
        var ready = last ? waiting.Length : Math.Max(0, waiting.Length - 1) / Group * Group;
        var room = _decoded.GetSpan(Base64.GetMaxDecodedFromUtf8Length(ready) + 1);
        if (Base64.DecodeFromUtf8(waiting[..ready], room, out var used, out var made, isFinalBlock: last) != OperationStatus.Done || used != ready)
        {
            Flaw = JsonFlaw.NotBase64;
            return;
        }

        _decoded.Advance(made);
        _fileBytes += made;
        var left = waiting[ready..].ToArray();
        _encoded.ResetWrittenCount();
        _encoded.Write(left);
    }
}

/// <summary>Why a document could not be taken apart.</summary>
internal enum JsonFlaw
{
    None,

    /// <summary>The rest or the file is larger than it may be.</summary>
    TooLarge,

    /// <summary>The text that should be a file is none.</summary>
    NotBase64,

    NotJson,
}

/// <summary>A document without its file.</summary>
/// <param name="Json">The file's text is empty in it. Null when there is a flaw.</param>
/// <param name="Text">The whole of what is not JSON, else empty.</param>
/// <param name="FileBytes">Length of the file, decoded; 0 when there was none.</param>
internal sealed record JsonRead(JsonElement? Json, string Text, long FileBytes, JsonFlaw Flaw);
