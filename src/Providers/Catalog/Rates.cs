using System.Text.Json;

namespace Providers.Catalog;

/// <summary>Reads an object of names and amounts.</summary>
internal static class Rates
{
    public static Dictionary<string, decimal> Read(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("A price is a number or an object of numbers.");
        }

        var rates = new Dictionary<string, decimal>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            rates[name] = reader.GetDecimal();
        }

        return rates;
    }
}
