using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sandbox.Text;

/// <summary>What both vendors' APIs share.</summary>
internal static class TextHttp
{
    public static bool Allows(HttpContext context, SandboxOptions options) =>
        Same(context.Request.Headers.Authorization.ToString(), "Bearer " + options.TextKey) || Same(context.Request.Headers["x-api-key"].ToString(), options.TextKey);

    public static async Task<JsonObject?> BodyAsync(HttpContext context)
    {
        try
        {
            return await JsonNode.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Cuts the connection or never answers, where that is the fault.</summary>
    public static async Task<bool> StaysSilentAsync(HttpContext context, Fault fault, TimeProvider time)
    {
        if (fault == Fault.LostAnswer)
        {
            context.Abort();
        }
        else if (fault == Fault.NoAnswer)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, time, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        }

        return fault is Fault.LostAnswer or Fault.NoAnswer;
    }

    public static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    /// <summary>Of a message's content: one text, or the texts among its parts.</summary>
    public static IEnumerable<string> Texts(JsonNode? content) => content is JsonArray parts
        ? parts.Select(part => Text(part?["text"])).OfType<string>()
        : Text(content) is { } text ? [text] : [];

    private static bool Same(string given, string wanted) => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(wanted));
}
