using System.Reflection;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace ServiceDefaults.OpenApi;

/// <summary>Numbers are numbers, money has no float format, and types and properties carry their documentation.</summary>
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

        schema.Description ??= context.JsonPropertyInfo is { AttributeProvider: MemberInfo member }
            ? XmlDocs.OfProperty(member)
            : XmlDocs.Of(clr);
        return Task.CompletedTask;
    }
}
