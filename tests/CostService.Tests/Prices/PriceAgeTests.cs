using CostService.Prices;
using Xunit;

namespace CostService.Tests.Prices;

public sealed class PriceAgeTests
{
    [Theory]
    [InlineData("2026-11-22", "2026-11-22", false)]
    [InlineData("2026-11-22", "2027-02-20", false)]
    [InlineData("2026-11-22", "2027-02-21", true)]
    [InlineData("2027-01-01", "2026-11-22", false)]
    public void A_price_is_old_when_nobody_has_looked_at_it_for_ninety_days(string seen, string today, bool old)
    {
        var sentence = PriceAge.Sentence(DateOnly.Parse(seen), DateOnly.Parse(today), TimeSpan.FromDays(90));
        Assert.Equal(old, sentence?.Contains(seen, StringComparison.Ordinal) == true);
    }

    [Fact]
    public void An_age_that_is_not_known_is_said() => Assert.NotNull(PriceAge.Sentence(null, new DateOnly(2026, 11, 22), TimeSpan.FromDays(90)));
}
