using System.Text.Json;

namespace Providers.Fal;

/// <summary>An accepted job: its id and where it is looked after, below the queue's own address.</summary>
/// <param name="Path">For example <c>/fal-ai/kling-video/requests/{id}</c>.</param>
internal sealed record FalHandle(string Id, string Path)
{
    private const int MostCharacters = 400;
    private const string StatusEnding = "/status";

    /// <summary>
    /// Out of the answer to a submit; null when it has no usable id. An address that leads away from <paramref name="queue"/> is not taken, because the key would
    /// go there: it is built from <paramref name="app"/> then.
    /// </summary>
    public static FalHandle? Read(JsonElement? answer, Uri queue, string app)
    {
        if (answer is not { ValueKind: JsonValueKind.Object } body || Text(body, "request_id") is not { } id || !IsId(id))
        {
            return null;
        }

        var stated = Text(body, "status_url") is { } text && Uri.TryCreate(text, UriKind.Absolute, out var url) && SameOrigin(url, queue)
            && url.AbsolutePath.EndsWith(StatusEnding, StringComparison.Ordinal) && url.AbsolutePath.Length <= MostCharacters
            ? url.AbsolutePath[..^StatusEnding.Length]
            : null;
        return new FalHandle(id, stated ?? $"/{app}/requests/{id}");
    }

    public static FalHandle Parse(string text)
    {
        var space = text.IndexOf(' ', StringComparison.Ordinal);
        return new FalHandle(text[..space], text[(space + 1)..]);
    }

    public override string ToString() => $"{Id} {Path}";

    internal static bool SameOrigin(Uri url, Uri other) => url.Scheme == other.Scheme && url.Port == other.Port && url.Host.Equals(other.Host, StringComparison.OrdinalIgnoreCase);

    internal static bool IsId(string id) => id.Length is > 0 and <= 100 && id.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_');

    private static string? Text(JsonElement body, string name) => body.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
