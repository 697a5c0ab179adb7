using CostService.Usage;
using ServiceDefaults.Problems;
using Xunit;

namespace CostService.Tests.Usage;

public sealed class UsageQueryTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Without_words_the_last_thirty_days_are_asked_by_day() =>
        Assert.Equal(new UsageQuery(Now.AddDays(-30), Now, UsageGroup.Day), Read(null, null, null).Query);

    [Fact]
    public void A_date_includes_its_whole_day() => Assert.Equal(
        new UsageQuery(new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero), new(2026, 12, 1, 0, 0, 0, TimeSpan.Zero), UsageGroup.Model),
        Read("2026-11-01", "2026-11-30", "model").Query);

    [Fact]
    public void A_time_is_taken_as_it_is() => Assert.Equal(
        new DateTimeOffset(2026, 11, 23, 22, 0, 0, TimeSpan.Zero), Read("2026-11-24T00:00:00+02:00", null, null).Query!.From);

    [Theory]
    [InlineData("2026-11-25", null, "/from")]
    [InlineData("2026-11-24", "2026-11-23", "/from")]
    [InlineData("2020-01-01", null, "/from")]
    [InlineData("24.11.2026", null, "/from")]
    [InlineData("now", null, "/from")]
    [InlineData(null, "9999-12-31", "/to")]
    [InlineData(null, "", "/to")]
    public void A_time_that_makes_no_sense_is_refused(string? from, string? to, string pointer)
    {
        var (query, errors) = Read(from, to, null);

        Assert.Null(query);
        Assert.Contains(pointer, errors.Keys);
    }

    private static (UsageQuery? Query, Dictionary<string, string[]> Errors) Read(string? from, string? to, string? groupBy)
    {
        var errors = new ProblemErrors();
        return (UsageQuery.Read(from, to, groupBy, Now, new UsageOptions(), errors), errors.ToDictionary());
    }
}
