using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using Google.Protobuf;

namespace ServiceDefaults.Grpc;

/// <summary>What gRPC puts on the wire above HTTP/2: length-prefixed messages, timeouts, and status texts.</summary>
internal static class GrpcWire
{
    public const string ContentType = "application/grpc";
    public const string Status = "grpc-status";
    public const string Message = "grpc-message";
    public const string Timeout = "grpc-timeout";

    private const int PrefixLength = 5;
    private static readonly TimeSpan LongestTimeout = TimeSpan.FromDays(1);

    public static bool IsContentType(string? value) =>
        value is not null && value.StartsWith(ContentType, StringComparison.OrdinalIgnoreCase)
        && (value.Length == ContentType.Length || value[ContentType.Length] is '+' or ';');

    public static void Write(IBufferWriter<byte> writer, IMessage message)
    {
        var prefix = writer.GetSpan(PrefixLength);
        prefix[0] = 0;
        BinaryPrimitives.WriteInt32BigEndian(prefix[1..], message.CalculateSize());
        writer.Advance(PrefixLength);
        message.WriteTo(writer);
    }

    /// <summary>Reads the one message of a unary call, to the end of the stream.</summary>
    /// <param name="maxBytes">A longer message is refused by its prefix, before it is read.</param>
    /// <returns>Null when there is none.</returns>
    /// <exception cref="GrpcException">It is compressed, too long, cut off, not of this type, or not alone.</exception>
    public static async Task<T?> ReadAsync<T>(PipeReader reader, MessageParser<T> parser, int maxBytes, CancellationToken cancellationToken)
        where T : class, IMessage<T>
    {
        T? message = null;
        while (true)
        {
            var read = await reader.ReadAsync(cancellationToken);
            var buffer = read.Buffer;
            try
            {
                while (TryRead(ref buffer, parser, maxBytes, out var next))
                {
                    message = message is null ? next : throw new GrpcException(StatusCode.Unimplemented, "One message was expected and more came.");
                }
            }
            finally
            {
                reader.AdvanceTo(buffer.Start, buffer.End);
            }

            if (read.IsCompleted)
            {
                return buffer.IsEmpty ? message : throw new GrpcException(StatusCode.Internal, "The message was cut off.");
            }
        }
    }

    /// <summary>Null when there is none or it cannot be read; more than a day counts as a day.</summary>
    public static TimeSpan? ParseTimeout(string? value)
    {
        if (value is not { Length: >= 2 and <= 9 } || !long.TryParse(value.AsSpan(0, value.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var amount))
        {
            return null;
        }

        long? ticksEach = value[^1] switch
        {
            'H' => TimeSpan.TicksPerHour,
            'M' => TimeSpan.TicksPerMinute,
            'S' => TimeSpan.TicksPerSecond,
            'm' => TimeSpan.TicksPerMillisecond,
            'u' => TimeSpan.TicksPerMicrosecond,
            'n' => 0,
            _ => null,
        };
        return ticksEach switch
        {
            null => null,
            0 => TimeSpan.FromTicks(amount / TimeSpan.NanosecondsPerTick),
            { } each => TimeSpan.FromTicks(Math.Min(amount * each, LongestTimeout.Ticks)),
        };
    }

    public static string FormatTimeout(TimeSpan timeout) =>
        string.Create(CultureInfo.InvariantCulture, $"{Math.Clamp((long)Math.Ceiling(timeout.TotalMilliseconds), 1, 99_999_999)}m");

    /// <summary>Percent-encodes what a header cannot carry, and nothing else: other clients show the text as it stands.</summary>
    public static string EncodeText(string text)
    {
        var encoded = new StringBuilder(text.Length);
        foreach (var octet in Encoding.UTF8.GetBytes(text))
        {
            if (octet is >= 0x20 and <= 0x7E and not (byte)'%')
            {
                encoded.Append((char)octet);
            }
            else
            {
                encoded.Append('%').Append(octet.ToString("X2", CultureInfo.InvariantCulture));
            }
        }

        return encoded.ToString();
    }

    public static string DecodeText(string text) => Uri.UnescapeDataString(text);

    private static bool TryRead<T>(ref ReadOnlySequence<byte> buffer, MessageParser<T> parser, int maxBytes, out T message)
        where T : class, IMessage<T>
    {
        message = null!;
        if (buffer.Length < PrefixLength)
        {
            return false;
        }

        Span<byte> prefix = stackalloc byte[PrefixLength];
        buffer.Slice(0, PrefixLength).CopyTo(prefix);
        var length = BinaryPrimitives.ReadUInt32BigEndian(prefix[1..]);
        if (prefix[0] != 0)
        {
            throw new GrpcException(StatusCode.Unimplemented, "Compressed messages are not supported.");
        }

        if (length > maxBytes)
        {
            throw new GrpcException(StatusCode.ResourceExhausted, $"The message has {length} bytes; at most {maxBytes} are taken.");
        }

        if (buffer.Length < PrefixLength + length)
        {
            return false;
        }

        try
        {
            message = parser.ParseFrom(buffer.Slice(PrefixLength, length));
        }
        catch (InvalidProtocolBufferException exception)
        {
            throw new GrpcException(StatusCode.InvalidArgument, "The message cannot be read.", exception);
        }

        buffer = buffer.Slice(PrefixLength + length);
        return true;
    }
}
