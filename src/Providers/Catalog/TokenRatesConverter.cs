using System.Text.Json;
using System.Text.Json.Serialization;

namespace Providers.Catalog;

/// <summary>Reads <c>2.5</c> as <c>{ "*": 2.5 }</c>, and an object of amounts as it stands.</summary>
internal sealed class TokenRatesConverter : JsonConverter<IReadOnlyDictionary<string, decimal>>
{
    public override IReadOnlyDictionary<string, decimal> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.Number
            ? new Dictionary<string, decimal>(StringComparer.Ordinal) { [ModelPrice.Any] = reader.GetDecimal() }
            : Rates.Read(ref reader);

    public override void Write(Utf8JsonWriter writer, IReadOnlyDictionary<string, decimal> value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        foreach (var (name, amount) in value)
        {
            writer.WriteNumber(name, amount);
        }

        writer.WriteEndObject();
    }
}
