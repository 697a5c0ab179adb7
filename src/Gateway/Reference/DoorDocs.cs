using System.Text.Json.Nodes;
using Gateway.Limits;

namespace Gateway.Reference;

/// <summary>Writes into the joined document what the gateway adds to every answer, and the addresses that no endpoint description covers.</summary>
internal static class DoorDocs
{
    public static JsonObject Info() => new()
    {
        ["title"] = "Pipeline",
        ["version"] = "1",
        ["description"] =
            "Prompt enhancement, image-to-image and image-to-video, chained.\n\n"
            + "Every call needs an API key (`Authorization: Bearer pk_…`) or the web app's session. Errors are problem documents (RFC 9457) that name "
            + "the field and what would be accepted. JSON is snake_case, times are RFC 3339 in UTC, money is in US dollars.",
    };

    /// <param name="limits">Whose sizes stand in the examples of the headers.</param>
    public static void Complete(JsonObject document, RateLimitOptions limits)
    {
        var paths = document["paths"]!.AsObject();
        foreach (var (name, answer) in Answers(document))
        {
            var headers = answer["headers"] as JsonObject ?? [];
            headers["RateLimit-Policy"] = new JsonObject { ["$ref"] = "#/components/headers/RateLimit-Policy" };
            headers["RateLimit"] = new JsonObject { ["$ref"] = "#/components/headers/RateLimit" };
            if (name.EndsWith("429", StringComparison.Ordinal) || name.EndsWith("503", StringComparison.Ordinal))
            {
                headers["Retry-After"] = new JsonObject { ["$ref"] = "#/components/headers/Retry-After" };
            }

            answer["headers"] = headers;
        }

        var full = new Verdict(limits.Key, true, limits.Key.Burst - 1);
        document["components"]!["headers"] = new JsonObject
        {
            ["RateLimit-Policy"] = Header("The limits: requests in a window of seconds.", "string", full.PolicyHeader),
            ["RateLimit"] = Header("What is left now, and the seconds until it is full again.", "string", full.RemainingHeader),
            ["Retry-After"] = Header("Seconds to wait.", "integer", 2),
        };

        paths["/healthz"] = Health("healthz", "Tells whether the gateway runs", "text/plain", "Healthy");
        paths["/readyz"] = Health(
            "readyz",
            "Tells whether the gateway and every service behind it are ready",
            "application/json",
            new JsonObject { ["status"] = "healthy", ["checks"] = new JsonObject { ["postgres"] = "healthy", ["pipelineservice"] = "healthy" } });
        document["tags"]!.AsArray().Add(new JsonObject { ["name"] = "Health" });
    }

    /// <summary>The answers of operations by status, and the shared ones by name; references to shared ones are left as they are.</summary>
    private static IEnumerable<(string Name, JsonObject Answer)> Answers(JsonObject document) =>
        document["paths"]!.AsObject()
            .SelectMany(item => item.Value!.AsObject())
            .Select(operation => (operation.Value as JsonObject)?["responses"])
            .Append(document["components"]!["responses"])
            .OfType<JsonObject>()
            .SelectMany(answers => answers)
            .Where(answer => answer.Value is JsonObject && answer.Value["$ref"] is null)
            .Select(answer => (answer.Key, answer.Value!.AsObject()));

    private static JsonObject Header(string description, string type, JsonNode example) =>
        new() { ["description"] = description, ["schema"] = new JsonObject { ["type"] = type }, ["example"] = example };

    private static JsonObject Health(string id, string summary, string contentType, JsonNode example) => new()
    {
        ["get"] = new JsonObject
        {
            ["tags"] = new JsonArray("Health"),
            ["summary"] = summary,
            ["description"] = "Needs no credential and is never limited.",
            ["operationId"] = id,
            ["responses"] = new JsonObject
            {
                ["200"] = Answer("It does", contentType, example),
                ["503"] = Answer("It does not", contentType, contentType == "text/plain" ? "Unhealthy" : new JsonObject { ["status"] = "unhealthy", ["checks"] = new JsonObject { ["postgres"] = "unhealthy" } }),
            },
        },
    };

    private static JsonObject Answer(string description, string contentType, JsonNode example) => new()
    {
        ["description"] = description,
        ["content"] = new JsonObject
        {
            [contentType] = new JsonObject { ["schema"] = new JsonObject { ["type"] = example is JsonObject ? "object" : "string" }, ["example"] = example },
        },
    };
}
