using System.Text.Json.Nodes;

namespace Gateway.Reference;

/// <summary>Joins several OpenAPI documents to one. Pure.</summary>
internal static class OpenApiMerge
{
    private const string SchemaPrefix = "#/components/schemas/";

    /// <summary>One service's document.</summary>
    /// <param name="Name">Goes before the names of schemas and operations that another document uses for something else.</param>
    /// <param name="Serves">Which of its paths are public.</param>
    public sealed record Part(string Name, JsonNode Document, Func<string, bool> Serves);

    /// <summary>
    /// The parts in order, the first one to use a name keeps it. Schemas that no public path needs are left out. Named responses are the
    /// problems that all services share.
    /// </summary>
    public static JsonObject Merge(JsonObject info, IReadOnlyList<Part> parts)
    {
        var paths = new SortedDictionary<string, JsonNode>(StringComparer.Ordinal);
        var schemas = new SortedDictionary<string, JsonNode>(StringComparer.Ordinal);
        var responses = new JsonObject();
        var security = new JsonObject();
        var operations = new HashSet<string>(StringComparer.Ordinal);
        var tags = new List<string>();
        foreach (var part in parts)
        {
            var document = part.Document.DeepClone();
            TakeSchemas(document, part.Name, schemas);
            foreach (var (name, scheme) in AsObject(document["components"]?["securitySchemes"]))
            {
                security.TryAdd(name, scheme!.DeepClone());
            }

            foreach (var (name, response) in AsObject(document["components"]?["responses"]))
            {
                responses.TryAdd(name, response!.DeepClone());
            }

            foreach (var (path, item) in AsObject(document["paths"]))
            {
                if (part.Serves(path) && paths.TryAdd(path, item!.DeepClone()))
                {
                    NameOperations(paths[path].AsObject(), part.Name, operations, tags);
                }
            }
        }

        var needed = Needed(paths.Values.Append(responses), schemas);
        return new JsonObject
        {
            ["openapi"] = "3.1.1",
            ["info"] = info,
            ["servers"] = new JsonArray(new JsonObject { ["url"] = "/" }),
            ["tags"] = new JsonArray([.. tags.Select(tag => new JsonObject { ["name"] = tag })]),
            ["paths"] = new JsonObject(paths.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value))),
            ["components"] = new JsonObject
            {
                ["schemas"] = new JsonObject(schemas.Where(pair => needed.Contains(pair.Key)).Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value))),
                ["responses"] = responses,
                ["securitySchemes"] = security,
            },
        };
    }

    // Equal schemas are one; a different one under a name that is taken gets the service's name in front, and its references follow.
    private static void TakeSchemas(JsonNode document, string service, SortedDictionary<string, JsonNode> schemas)
    {
        var own = AsObject(document["components"]?["schemas"]).ToList();
        var renamed = own
            .Where(pair => schemas.TryGetValue(pair.Key, out var taken) && !JsonNode.DeepEquals(taken, pair.Value))
            .ToDictionary(pair => pair.Key, pair => char.ToUpperInvariant(service[0]) + service[1..] + pair.Key);
        if (renamed.Count > 0)
        {
            Redirect(document, renamed);
        }

        foreach (var (name, schema) in own)
        {
            schemas.TryAdd(renamed.GetValueOrDefault(name, name), schema!.DeepClone());
        }
    }

    private static void Redirect(JsonNode? node, Dictionary<string, string> renamed)
    {
        switch (node)
        {
            case JsonObject parent:
                if (parent["$ref"] is JsonValue reference && reference.TryGetValue<string>(out var target)
                    && target.StartsWith(SchemaPrefix, StringComparison.Ordinal) && renamed.TryGetValue(target[SchemaPrefix.Length..], out var name))
                {
                    parent["$ref"] = SchemaPrefix + name;
                }

                foreach (var (_, child) in parent)
                {
                    Redirect(child, renamed);
                }

                break;
            case JsonArray children:
                foreach (var child in children)
                {
                    Redirect(child, renamed);
                }

                break;
        }
    }

    private static void NameOperations(JsonObject item, string service, HashSet<string> taken, List<string> tags)
    {
        foreach (var operation in item.Select(pair => pair.Value).OfType<JsonObject>())
        {
            if ((string?)operation["operationId"] is { } id && !taken.Add(id))
            {
                operation["operationId"] = $"{service}_{id}";
                taken.Add($"{service}_{id}");
            }

            foreach (var tag in (operation["tags"] as JsonArray)?.Select(tag => (string?)tag).OfType<string>() ?? [])
            {
                if (!tags.Contains(tag))
                {
                    tags.Add(tag);
                }
            }
        }
    }

    private static HashSet<string> Needed(IEnumerable<JsonNode> roots, SortedDictionary<string, JsonNode> schemas)
    {
        var needed = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<JsonNode?>(roots);
        while (open.TryPop(out var node))
        {
            switch (node)
            {
                case JsonObject parent:
                    if (parent["$ref"] is JsonValue reference && reference.TryGetValue<string>(out var target)
                        && target.StartsWith(SchemaPrefix, StringComparison.Ordinal) && needed.Add(target[SchemaPrefix.Length..]))
                    {
                        open.Push(schemas.GetValueOrDefault(target[SchemaPrefix.Length..]));
                    }

                    foreach (var (_, child) in parent)
                    {
                        open.Push(child);
                    }

                    break;
                case JsonArray children:
                    foreach (var child in children)
                    {
                        open.Push(child);
                    }

                    break;
            }
        }

        return needed;
    }

    private static JsonObject AsObject(JsonNode? node) => node as JsonObject ?? [];
}
