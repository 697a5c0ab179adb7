using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.OpenApi;

namespace ServiceDefaults.OpenApi;

/// <summary>What the types of a property do not say: its words, and whether null is one of its values.</summary>
internal static class SchemaWords
{
    /// <summary>The generator wraps a reference into "null or that" where this mark is set.</summary>
    private const string NullableReference = "x-is-nullable-property";

    public static void Apply(OpenApiSchema schema, JsonPropertyInfo property)
    {
        if (IsNeverNull(property))
        {
            schema.Type &= ~JsonSchemaType.Null;
            schema.Metadata?.Remove(NullableReference);
        }

        if ((Of(property.AttributeProvider) ?? Of(property.AssociatedParameter?.AttributeProvider)) is { } words)
        {
            Apply(schema, words);
        }
    }

    public static void Apply(OpenApiSchema schema, IReadOnlyList<string> words)
    {
        var type = schema.Type ?? JsonSchemaType.String;
        if (type.HasFlag(JsonSchemaType.Array) && schema.Items is OpenApiSchema items)
        {
            Apply(items, words);
        }
        else if (type.HasFlag(JsonSchemaType.Object) && schema.AdditionalProperties is { } values)
        {
            schema.Properties = words.ToDictionary(word => word, _ => values);
            schema.AdditionalProperties = null;
            schema.AdditionalPropertiesAllowed = false;
        }
        else
        {
            schema.Enum = [.. words.Select(word => (JsonNode)word), .. type.HasFlag(JsonSchemaType.Null) ? new[] { JsonNullSentinel.JsonNull } : []];
        }
    }

    /// <summary>The words of a property or a parameter; null where it has none.</summary>
    public static IReadOnlyList<string>? Of(ICustomAttributeProvider? member) => member?.GetCustomAttributes(inherit: true).OfType<WordsAttribute>().FirstOrDefault()?.Words;

    /// <summary>What has to be there may be null in C#, so that its absence is told with all other faults; what is left out when null is never written as null.</summary>
    private static bool IsNeverNull(JsonPropertyInfo property) =>
        property.AttributeProvider?.GetCustomAttributes(inherit: true).Any(attribute => attribute is RequiredAttribute or JsonIgnoreAttribute { Condition: JsonIgnoreCondition.WhenWritingNull }) == true;
}
