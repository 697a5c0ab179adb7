using System.Text.Json.Serialization;

namespace Providers.Catalog;

/// <summary>What one price is for.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PriceUnit>))]
public enum PriceUnit
{
    [JsonStringEnumMemberName("image")]
    Image,

    [JsonStringEnumMemberName("clip")]
    Clip,
}
