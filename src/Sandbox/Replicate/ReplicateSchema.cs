using System.Text.Json;
using System.Text.Json.Nodes;
using Providers.Catalog;

namespace Sandbox.Replicate;

/// <summary>Holds an input to the fields of its model before anything is accepted, as Replicate does. Fields that the model does not have are refused. Pure.</summary>
internal static class ReplicateSchema
{
    /// <summary>Null when the model takes it, else what is wrong: type, field and description of each.</summary>
    public static JsonArray? Check(ReplicateWire wire, JsonObject input)
    {
        var faults = wire.Fields.Select(field => Fault(field, input))
            .Concat(input.Select(pair => pair.Key).Where(name => wire.Fields.All(field => field.Name != name))
                .Select(name => Detail("additional_property_not_allowed", "input", $"Additional property {name} is not allowed")))
            .OfType<JsonObject>().ToArray();
        return faults.Length == 0 ? null : new JsonArray(faults);
    }

    private static JsonObject? Fault(WireField field, JsonObject input)
    {
        if (!input.TryGetPropertyValue(field.Name, out var value) || value is null)
        {
            return field.Required ? Detail("required", "input", $"{field.Name} is required") : null;
        }

        var at = "input." + field.Name;
        var kind = value.GetValueKind();
        var fits = field.Type switch
        {
            "integer" => kind == JsonValueKind.Number && value.AsValue().TryGetValue<long>(out _),
            "number" => kind == JsonValueKind.Number,
            "boolean" => kind is JsonValueKind.True or JsonValueKind.False,
            "array" => kind == JsonValueKind.Array,
            _ => kind == JsonValueKind.String,
        };
        if (!fits)
        {
            return Detail("invalid_type", at, $"Invalid type. Expected: {field.Type}, given: {kind.ToString().ToLowerInvariant()}");
        }

        if (field.Values.Count > 0 && !field.Values.Contains(value.ToString()))
        {
            return Detail("enum", at, $"{at} must be one of the following: {string.Join(", ", field.Values)}");
        }

        return field.Minimum is { } least && value.GetValue<long>() < least ? Detail("number_gte", at, $"Must be greater than or equal to {least}")
            : field.Maximum is { } most && value.GetValue<long>() > most ? Detail("number_lte", at, $"Must be less than or equal to {most}")
            : null;
    }

    private static JsonObject Detail(string type, string field, string description) => new() { ["type"] = type, ["field"] = field, ["description"] = description };
}
