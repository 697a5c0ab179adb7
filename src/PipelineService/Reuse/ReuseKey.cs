using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Contracts.Generation;
using PipelineService.Expansion;
using PipelineService.Pipelines;
using ServiceDefaults;

namespace PipelineService.Reuse;

/// <summary>
/// What makes two requests of a tenant identical: model and resolved parameters, prompt, variation, the source picture's content, which take it is, and
/// the seed when a person asked for one. A derived seed differs from run to run and does not count. Pure.
/// </summary>
public sealed class ReuseKey
{
    public const int Length = 16;

    private const byte Version = 1;

    private static readonly IReadOnlyDictionary<string, string> NoVariation = new Dictionary<string, string>();

    private readonly byte[] _parameters;

    /// <summary>For items of one model and its parameters.</summary>
    public ReuseKey(GenerationParameters parameters) => _parameters = JsonSerializer.SerializeToUtf8Bytes(parameters, PipelineJson.Options);

    /// <summary>Whether a seed was asked for: it is not the one that follows from the item's place.</summary>
    /// <param name="seedBase">What the expansion was given.</param>
    public static bool SeedAsked(ItemInput input, long seedBase, int stepOrder, long ordinal)
    {
        ArgumentNullException.ThrowIfNull(input);
        return input.Seed != Seeds.Of(null, seedBase, stepOrder, ordinal, input.Take);
    }

    /// <summary>The first 128 bits of a SHA-256 over all of it, each text with its length before it.</summary>
    /// <param name="sha256">Of the source picture.</param>
    public byte[] Of(ItemInput input, string sha256, bool seedAsked)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(sha256);
        var most = 64 + _parameters.Length + (3 * (sha256.Length + input.Prompt.Length));
        foreach (var (kind, option) in input.Variation ?? NoVariation)
        {
            most += 16 + (3 * (kind.Length + option.Length));
        }

        var buffer = ArrayPool<byte>.Shared.Rent(most);
        try
        {
            buffer[0] = Version;
            var at = 1;
            at += Number(buffer, at, _parameters.Length);
            _parameters.CopyTo(buffer, at);
            at += _parameters.Length;
            at += Text(buffer, at, sha256);
            at += Text(buffer, at, input.Prompt);
            at += Number(buffer, at, input.Take);
            at += Number(buffer, at, seedAsked ? input.Seed : -1);
            foreach (var (kind, option) in (input.Variation ?? NoVariation).OrderBy(pair => pair.Key, StringComparer.Ordinal))
            {
                at += Text(buffer, at, kind);
                at += Text(buffer, at, option);
            }

            Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
            SHA256.HashData(buffer.AsSpan(0, at), hash);
            return hash[..Length].ToArray();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static int Number(byte[] buffer, int at, long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(buffer.AsSpan(at), value);
        return sizeof(long);
    }

    private static int Text(byte[] buffer, int at, string text)
    {
        var length = Encoding.UTF8.GetBytes(text, buffer.AsSpan(at + sizeof(long)));
        return Number(buffer, at, length) + length;
    }
}
