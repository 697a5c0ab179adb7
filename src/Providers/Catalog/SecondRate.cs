using System.Text.Json.Serialization;

namespace Providers.Catalog;

/// <summary>US dollars a second. Equal amounts when sound costs nothing or does not exist; written as one number then.</summary>
[JsonConverter(typeof(SecondRateConverter))]
public readonly record struct SecondRate(decimal AudioOff, decimal AudioOn)
{
    public decimal For(bool audio) => audio ? AudioOn : AudioOff;
}
