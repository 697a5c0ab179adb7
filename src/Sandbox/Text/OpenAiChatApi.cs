using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using Providers;
using Providers.Catalog;
using Sandbox.OpenAi;

namespace Sandbox.Text;

/// <summary>OpenAI's chat completions, as far as prompts need them.</summary>
internal static class OpenAiChatApi
{
    public static void MapOpenAiChat(this IEndpointRouteBuilder app) => app.MapPost("/v1/chat/completions", CompleteAsync);

    private static async Task CompleteAsync(HttpContext context, OpenAiBook book, ModelCatalog catalog, TextAnswers answers, Faults faults, IOptions<SandboxOptions> options, TimeProvider time)
    {
        context.Response.Headers["x-request-id"] = "req_" + Guid.NewGuid().ToString("N");
        if (!TextHttp.Allows(context, options.Value.OpenAiKey))
        {
            await Error(401, "invalid_request_error", "invalid_api_key", "Incorrect API key provided.", null).ExecuteAsync(context);
            return;
        }

        var body = await TextHttp.BodyAsync(context);
        if (body?["messages"] is not JsonArray { Count: > 0 })
        {
            await Error(400, "invalid_request_error", null, "Missing required parameter: 'messages'.", "messages").ExecuteAsync(context);
            return;
        }

        if (Loose(body["response_format"]?["json_schema"]) is { } loose)
        {
            await Error(400, "invalid_request_error", null, loose, "response_format").ExecuteAsync(context);
            return;
        }

        if (TextHttp.Find(catalog, ProviderNames.OpenAi, TextHttp.Text(body["model"])) is not { } model)
        {
            await Error(404, "invalid_request_error", "model_not_found", "The model does not exist or you do not have access to it.", "model").ExecuteAsync(context);
            return;
        }

        var asked = Read(body);
        var fault = faults.Next(asked.All);
        if (await TextHttp.StaysSilentAsync(context, fault, time))
        {
            TextHttp.Write(book, model, 0, fault, default, asked.All, time.GetUtcNow());
            return;
        }

        await (await AnswerAsync(context, book, model, asked, fault, answers, time)).ExecuteAsync(context);
    }

    private static async Task<IResult> AnswerAsync(HttpContext context, OpenAiBook book, PromptModel model, TextAsked asked, Fault fault, TextAnswers answers, TimeProvider time)
    {
        var (status, type, code) = fault switch
        {
            Fault.RateLimit => (429, "requests", "rate_limit_exceeded"),
            Fault.Balance => (429, "insufficient_quota", "insufficient_quota"),
            Fault.Ingress => (503, "server_error", null),
            Fault.ModelError => (500, "server_error", null),
            Fault.ModelTimeout => (504, "server_error", null),
            _ => (200, "", (string?)null),
        };
        if (status != 200)
        {
            TextHttp.Write(book, model, status, fault, default, asked.All, time.GetUtcNow());
            if (fault == Fault.RateLimit)
            {
                context.Response.Headers.RetryAfter = "1";
            }

            return Error(status, type, code, "As asked for.", null);
        }

        var refused = fault == Fault.Policy;
        var text = refused ? "" : await answers.WriteAsync(asked, fault, context.RequestAborted);
        var usage = TextAnswers.Usage(asked, text);
        TextHttp.Write(book, model, status, fault, usage, asked.All, time.GetUtcNow());
        return Results.Json(new JsonObject
        {
            ["id"] = "chatcmpl-" + Guid.NewGuid().ToString("N"),
            ["object"] = "chat.completion",
            ["created"] = time.GetUtcNow().ToUnixTimeSeconds(),
            ["model"] = model.Id,
            ["choices"] = new JsonArray(new JsonObject
            {
                ["index"] = 0,
                ["message"] = new JsonObject { ["role"] = "assistant", ["content"] = refused ? null : text, ["refusal"] = refused ? "I cannot help with that." : null },
                ["finish_reason"] = "stop",
                ["logprobs"] = null,
            }),
            ["usage"] = new JsonObject
            {
                ["prompt_tokens"] = usage.Input, ["completion_tokens"] = usage.Output, ["total_tokens"] = usage.Input + usage.Output,
                ["prompt_tokens_details"] = new JsonObject { ["cached_tokens"] = 0 },
            },
        });
    }

    /// <summary>What a strict schema lacks.</summary>
    private static string? Loose(JsonNode? format)
    {
        if (format?["strict"]?.GetValueKind() != JsonValueKind.True || format["schema"] is not JsonObject schema)
        {
            return null;
        }

        var required = (schema["required"] as JsonArray ?? []).Select(TextHttp.Text).ToHashSet();
        return schema["additionalProperties"]?.GetValueKind() != JsonValueKind.False ? "Invalid schema for response_format: 'additionalProperties' is required to be supplied and to be false."
            : (schema["properties"] as JsonObject ?? []).FirstOrDefault(property => !required.Contains(property.Key)).Key is { } missing
                ? $"Invalid schema for response_format: 'required' is required to be supplied and to be an array including every key in properties. Missing '{missing}'."
                : null;
    }

    private static TextAsked Read(JsonObject body)
    {
        var messages = body["messages"]!.AsArray();
        bool Is(JsonNode? message, params string[] roles) => roles.Contains(TextHttp.Text(message?["role"]));
        return new TextAsked(
            string.Join('\n', messages.Where(message => Is(message, "system", "developer")).SelectMany(message => TextHttp.Texts(message?["content"]))),
            [.. messages.Where(message => !Is(message, "system", "developer")).SelectMany(message => TextHttp.Texts(message?["content"]))],
            messages.Select(message => message?["content"]).OfType<JsonArray>().SelectMany(parts => parts).Count(part => TextHttp.Text(part?["type"]) == "image_url"),
            messages.Count(message => Is(message, "assistant")),
            body["response_format"]?["json_schema"]?["schema"] is JsonObject);
    }

    private static IResult Error(int status, string type, string? code, string message, string? param) =>
        Results.Json(new { error = new { message, type, param, code } }, statusCode: status);
}
