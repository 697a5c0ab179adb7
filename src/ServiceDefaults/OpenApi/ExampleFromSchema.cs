using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace ServiceDefaults.OpenApi;

/// <summary>Gives every JSON body without an example one made of its schema, so that none is left without.</summary>
internal static class ExampleFromSchema
{
    private const int Deepest = 6;

    public static void Complete(OpenApiDocument document)
    {
        foreach (var operation in document.Paths.Values.SelectMany(path => path.Operations?.Values.AsEnumerable() ?? []))
        {
            Complete(operation.RequestBody?.Content);
            foreach (var response in operation.Responses?.Values.AsEnumerable() ?? [])
            {
                Complete(response.Content);
            }
        }
    }

    private static void Complete(IDictionary<string, OpenApiMediaType>? content)
    {
        foreach (var (type, media) in content?.AsEnumerable() ?? [])
        {
            if (media.Example is null && media.Schema is not null && type.EndsWith("json", StringComparison.Ordinal))
            {
                media.Example = Make(media.Schema, 0);
            }
        }
    }

    public static JsonNode? Make(IOpenApiSchema schema, int depth)
    {
        var given = schema.Examples?.FirstOrDefault() ?? schema.Default ?? schema.Enum?.FirstOrDefault();
        if (given is not null)
        {
            return given.DeepClone();
        }

        // A nullable reference is "null or that"; the that is the more telling example.
        var alternative = (schema.OneOf ?? schema.AnyOf ?? schema.AllOf)?.FirstOrDefault(one => one.Type != JsonSchemaType.Null);
        if (alternative is not null)
        {
            return depth > Deepest ? null : Make(alternative, depth + 1);
        }

        var type = schema.Type ?? (schema.Properties is { Count: > 0 } ? JsonSchemaType.Object : 0);
        return type switch
        {
            _ when depth > Deepest => null,
            _ when type.HasFlag(JsonSchemaType.Object) => Object(schema, depth),
            _ when type.HasFlag(JsonSchemaType.Array) => schema.Items is null ? new JsonArray() : new JsonArray(Make(schema.Items, depth + 1)),
            _ when type.HasFlag(JsonSchemaType.Integer) => schema.Minimum is { } least && int.TryParse(least, out var number) ? number : 1,
            _ when type.HasFlag(JsonSchemaType.Number) => 0.5,
            _ when type.HasFlag(JsonSchemaType.Boolean) => true,
            _ when type.HasFlag(JsonSchemaType.String) => Text(schema.Format),
            _ => null,
        };
    }

    private static JsonObject Object(IOpenApiSchema schema, int depth)
    {
        var example = new JsonObject();
        foreach (var (name, property) in schema.Properties ?? new Dictionary<string, IOpenApiSchema>())
        {
            example[name] = Make(property, depth + 1);
        }

        if (example.Count == 0 && schema.AdditionalProperties is { } values)
        {
            example["name"] = Make(values, depth + 1);
        }

        return example;
    }

    private static string Text(string? format) => format switch
    {
        "date-time" => "2026-01-31T12:00:00Z",
        "date" => "2026-01-31",
        "uri" => "https://example.com/picture.png",
        "uuid" => "3f2504e0-4f89-41d3-9a0c-0305e82c3301",
        _ => "text",
    };
}
