using System.Text.Json;
using System.Text.Json.Serialization;

namespace Providers.Catalog;

/// <summary>Reads <c>0.07</c> and <c>{ "audio_off": 0.07, "audio_on": 0.14 }</c>; other names beside them are dearer extras that are not offered.</summary>
internal sealed class SecondRateConverter : JsonConverter<SecondRate>
{
    public override SecondRate Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.Number)
        {
            var flat = reader.GetDecimal();
            return new SecondRate(flat, flat);
        }

        var rates = Rates.Read(ref reader);
        return rates.TryGetValue("audio_off", out var off) && rates.TryGetValue("audio_on", out var on)
            ? new SecondRate(off, on)
            : throw new JsonException("A price a second is a number or an object with audio_off and audio_on.");
    }

    public override void Write(Utf8JsonWriter writer, SecondRate value, JsonSerializerOptions options)
    {
        if (value.AudioOff == value.AudioOn)
        {
            writer.WriteNumberValue(value.AudioOff);
            return;
        }

        writer.WriteStartObject();
        writer.WriteNumber("audio_off", value.AudioOff);
        writer.WriteNumber("audio_on", value.AudioOn);
        writer.WriteEndObject();
    }
}
