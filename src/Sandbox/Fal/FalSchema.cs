using System.Text.Json;
using System.Text.Json.Nodes;
using Providers.Catalog;

namespace Sandbox.Fal;

/// <summary>Holds a body to the fields of its model, as the model itself does when it begins. Fields that it does not know are passed over, as by fal. Pure.</summary>
internal static class FalSchema
{
    /// <summary>Null when the model takes it, else the details of its result's 422.</summary>
    public static JsonArray? Check(ModelWire wire, JsonObject body)
    {
        var faults = new JsonArray();
        foreach (var field in wire.Fields)
        {
            if (Fault(field, body) is { } fault)
            {
                faults.Add(fault);
            }
        }

        return faults.Count == 0 ? null : faults;
    }

    private static JsonObject? Fault(WireField field, JsonObject body)
    {
        if (!body.TryGetPropertyValue(field.Name, out var value) || value is null)
        {
            return field.Required ? Detail(field.Name, "missing", "Field required", null) : null;
        }

        var kind = value.GetValueKind();
        return field.Type switch
        {
            "enum" when !Listed(field, value) => Detail(field.Name, "literal_error", $"Input should be {Expected(field)}", new JsonObject { ["expected"] = Expected(field) }),
            "boolean" when kind is not (JsonValueKind.True or JsonValueKind.False) => Detail(field.Name, "bool_type", "Input should be a valid boolean", null),
            "number" when kind != JsonValueKind.Number => Detail(field.Name, "float_type", "Input should be a valid number", null),
            "string[]" when kind != JsonValueKind.Array => Detail(field.Name, "list_type", "Input should be a valid list", null),
            _ when field.Type.StartsWith("string", StringComparison.Ordinal) && field.Type != "string[]" && kind != JsonValueKind.String =>
                Detail(field.Name, "string_type", "Input should be a valid string", null),
            _ => null,
        };
    }

    // A number is taken where a text of it is listed: the live services differ from the client's types in this.
    private static bool Listed(WireField field, JsonNode value) => value.GetValueKind() switch
    {
        JsonValueKind.String => field.Values.Contains(value.GetValue<string>()),
        JsonValueKind.Number => field.Values.Contains(value.ToJsonString()),
        _ => false,
    };

    private static string Expected(WireField field) => string.Join(" or ", field.Values.Select(listed => $"'{listed}'"));

    private static JsonObject Detail(string field, string type, string message, JsonObject? context) => new()
    {
        ["loc"] = new JsonArray("body", field),
        ["msg"] = message,
        ["type"] = type,
        ["ctx"] = context ?? [],
    };
}
