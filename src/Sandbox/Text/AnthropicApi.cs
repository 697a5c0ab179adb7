using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using Providers;
using Providers.Catalog;

namespace Sandbox.Text;

/// <summary>What Anthropic was asked.</summary>
internal sealed class AnthropicBook() : VendorBook(ProviderNames.Anthropic);

/// <summary>Anthropic's Messages, as far as prompts need them.</summary>
internal static class AnthropicApi
{
    // Since 2026-10-21 these are refused.
    private static readonly string[] NoLonger = ["temperature", "top_p", "top_k"];

    public static void MapAnthropic(this IEndpointRouteBuilder app) => app.MapPost("/v1/messages", MessagesAsync);

    private static async Task MessagesAsync(HttpContext context, AnthropicBook book, ModelCatalog catalog, TextAnswers answers, Faults faults, IOptions<SandboxOptions> options, TimeProvider time)
    {
        var id = "req_" + Guid.NewGuid().ToString("N");
        context.Response.Headers["request-id"] = id;
        if (!TextHttp.Allows(context, options.Value.AnthropicKey))
        {
            await Error(401, "authentication_error", "invalid x-api-key", id).ExecuteAsync(context);
            return;
        }

        var body = await TextHttp.BodyAsync(context);
        if (Wrong(context, body) is { } wrong)
        {
            await Error(400, "invalid_request_error", wrong, id).ExecuteAsync(context);
            return;
        }

        if (TextHttp.Find(catalog, ProviderNames.Anthropic, TextHttp.Text(body!["model"])) is not { } model)
        {
            await Error(404, "not_found_error", $"model: {TextHttp.Text(body["model"])}", id).ExecuteAsync(context);
            return;
        }

        var asked = Read(body);
        var fault = faults.Next(asked.All);
        if (await TextHttp.StaysSilentAsync(context, fault, time))
        {
            TextHttp.Write(book, model, 0, fault, default, asked.All, time.GetUtcNow());
            return;
        }

        await (await AnswerAsync(context, book, model, asked, fault, id, answers, time)).ExecuteAsync(context);
    }

    private static async Task<IResult> AnswerAsync(HttpContext context, AnthropicBook book, PromptModel model, TextAsked asked, Fault fault, string id, TextAnswers answers, TimeProvider time)
    {
        var (status, type) = fault switch
        {
            Fault.RateLimit => (429, "rate_limit_error"),
            Fault.Ingress => (529, "overloaded_error"),
            Fault.Balance => (402, "billing_error"),
            Fault.ModelError => (500, "api_error"),
            Fault.ModelTimeout => (504, "timeout_error"),
            _ => (200, ""),
        };
        if (status != 200)
        {
            TextHttp.Write(book, model, status, fault, default, asked.All, time.GetUtcNow());
            if (status is 429 or 529)
            {
                context.Response.Headers.RetryAfter = "1";
            }

            return Error(status, type, "As asked for.", id);
        }

        var refused = fault == Fault.Policy;
        var text = refused ? "" : await answers.WriteAsync(asked, fault, context.RequestAborted);
        var usage = TextAnswers.Usage(asked, text);
        TextHttp.Write(book, model, status, fault, usage, asked.All, time.GetUtcNow());
        return Results.Json(new JsonObject
        {
            ["id"] = "msg_" + Guid.NewGuid().ToString("N"),
            ["type"] = "message",
            ["role"] = "assistant",
            ["model"] = model.Id,
            ["content"] = refused ? [] : new JsonArray(new JsonObject { ["type"] = "text", ["text"] = text }),
            ["stop_reason"] = refused ? "refusal" : "end_turn",
            ["stop_sequence"] = null,
            ["usage"] = new JsonObject
            {
                ["input_tokens"] = usage.Input, ["output_tokens"] = usage.Output, ["cache_creation_input_tokens"] = 0, ["cache_read_input_tokens"] = 0,
            },
        });
    }

    private static string? Wrong(HttpContext context, JsonObject? body) =>
        body is null ? "The body is not a JSON object."
        : context.Request.Headers["anthropic-version"].Count == 0 ? "anthropic-version: header is required"
        : body["max_tokens"]?.GetValueKind() != System.Text.Json.JsonValueKind.Number ? "max_tokens: Field required"
        : body["messages"] is not JsonArray { Count: > 0 } ? "messages: Field required"
        : NoLonger.FirstOrDefault(body.ContainsKey) is { } gone ? $"{gone}: not supported"
        : null;

    private static TextAsked Read(JsonObject body)
    {
        var messages = body["messages"]!.AsArray();
        var blocks = messages.Select(message => message?["content"]).ToList();
        return new TextAsked(
            string.Join('\n', TextHttp.Texts(body["system"])),
            [.. blocks.SelectMany(TextHttp.Texts)],
            blocks.OfType<JsonArray>().SelectMany(parts => parts).Count(part => TextHttp.Text(part?["type"]) == "image"),
            messages.Count(message => TextHttp.Text(message?["role"]) == "assistant"),
            body["output_config"]?["format"]?["schema"] is JsonObject);
    }

    private static IResult Error(int status, string type, string message, string id) =>
        Results.Json(new { type = "error", error = new { type, message }, request_id = id }, statusCode: status);
}
