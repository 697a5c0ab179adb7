using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace ServiceDefaults.OpenApi;

/// <summary>Numbers are numbers, enums and what is marked are words, money has no float format, and types and properties carry their documentation.</summary>
internal static class SchemaDocs
{
    public static Task Transform(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        // Where a reader would also take numbers written as strings, the generator offers both; clients should write numbers.
        if (schema.Type is { } type && (type & (JsonSchemaType.Integer | JsonSchemaType.Number)) != 0 && type.HasFlag(JsonSchemaType.String))
        {
            schema.Type = type & ~JsonSchemaType.String;
            schema.Pattern = null;
        }

        var clr = Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type;
        if (clr == typeof(decimal))
        {
            schema.Format = null;
        }

        if (schema is { Enum.Count: > 0 } && clr.IsEnum)
        {
            // Shared by all properties of this type; that one of them may be null stands beside the reference.
            schema.Type = JsonSchemaType.String;
            schema.Enum = [.. schema.Enum.Where(word => word is JsonValue && !word.IsJsonNullSentinel())];
        }

        if (context.JsonPropertyInfo is { } property)
        {
            SchemaWords.Apply(schema, property);
        }

        if (context.JsonPropertyInfo is not { AttributeProvider: MemberInfo member } || XmlDocs.OfProperty(member) is not { } text)
        {
            schema.Description ??= XmlDocs.Of(clr);
        }
        else if (schema.Metadata is { } marks && marks.TryGetValue("x-schema-id", out var id) && id is string { Length: > 0 })
        {
            // The schema is shared by all properties of this type; the generator puts this text beside the reference.
            marks["x-ref-description"] = text;
            schema.Description ??= XmlDocs.Of(clr);
        }
        else
        {
            schema.Description = text;
        }

        return Task.CompletedTask;
    }
}
