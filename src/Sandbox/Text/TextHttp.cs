using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Providers.Catalog;
using Providers.Prompts;

namespace Sandbox.Text;

/// <summary>What both vendors' APIs share.</summary>
internal static class TextHttp
{
    public static bool Allows(HttpContext context, string key) =>
        Same(context.Request.Headers.Authorization.ToString(), "Bearer " + key) || Same(context.Request.Headers["x-api-key"].ToString(), key);

    /// <summary>Null when the vendor has no such model, or has it no more.</summary>
    public static PromptModel? Find(ModelCatalog catalog, string vendor, string? model) =>
        catalog.PromptModels.FirstOrDefault(known => known.Provider == vendor && known.Id == model && !known.Status.StartsWith("retired", StringComparison.Ordinal));

    /// <param name="status">HTTP status of the answer; 0 when there was none, and nothing is paid for.</param>
    public static void Write(VendorBook book, PromptModel model, int status, Fault fault, TextUsage usage, string prompt, DateTimeOffset at) =>
        book.Add(new Accepted(Guid.NewGuid().ToString("N"), "", model.Id, prompt, fault, at) { Status = status, Dollars = status == StatusCodes.Status200OK ? model.Cost(usage) : 0m });

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
