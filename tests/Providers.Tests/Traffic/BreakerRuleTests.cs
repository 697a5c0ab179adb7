using Contracts.Generation;
using FsCheck;
using FsCheck.Fluent;
using Providers.Traffic;

namespace Providers.Tests.Traffic;

public sealed class BreakerRuleTests
{
    private static readonly TrafficOptions Options = new();
    private static readonly DateTimeOffset Start = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    private static RouteState After(RouteState state, double seconds, int good = 0, int bad = 0, int probesGood = 0, int probesBad = 0) =>
        BreakerRule.After(state, new RouteReport("a") { Good = good, Bad = bad, ProbesGood = probesGood, ProbesBad = probesBad }, Options, Start.AddSeconds(seconds));

    private static RouteView Look(RouteState state, double seconds) =>
        TrafficRules.Look(state with { ExpiresAt = DateTimeOffset.MaxValue }, null, Options, Start.AddSeconds(seconds));

    [Theory]
    [InlineData(0, 4, false)]
    [InlineData(0, 5, true)]
    [InlineData(5, 5, true)]
    [InlineData(6, 5, false)]
    public void It_opens_when_enough_outcomes_and_enough_of_them_speak_against_the_provider(int good, int bad, bool open) =>
        Assert.Equal(open, After(RouteState.Fresh, 0, good, bad).Openings > 0);

    [Fact]
    public void A_busy_provider_that_goes_out_is_cut_off_at_once_whatever_went_well_before()
    {
        var busy = After(After(RouteState.Fresh, 0, good: 10_000, bad: 1), 1, good: 10_000);

        Assert.Equal(0, After(busy, 2, good: 1, bad: 100).Openings);
        Assert.Equal(0, After(busy, 2, bad: 4).Openings);
        Assert.Equal(1, After(After(busy, 2, bad: 4), 3, bad: 1).Openings);
        Assert.Equal(0, After(After(After(busy, 2, bad: 4), 2.5, good: 1), 3, bad: 1).Openings);
    }

    [Fact]
    public void What_is_older_than_the_window_does_not_count()
    {
        var state = After(After(RouteState.Fresh, 0, bad: 4), Options.BreakerWindow.TotalSeconds + 1, bad: 1);

        Assert.Equal(0, state.Openings);
        Assert.Equal(1, After(After(RouteState.Fresh, 0, bad: 4), Options.BreakerWindow.TotalSeconds - 1, bad: 1).Openings);
    }

    [Fact]
    public void Open_then_a_few_tries_then_closed_by_an_answer()
    {
        var state = After(RouteState.Fresh, 0, bad: 5);

        Assert.Equal((RouteMood.Down, Start, Start + Options.BreakerOpen), (Look(state, 1).Mood, Look(state, 1).Since!.Value, Look(state, 1).Until!.Value));
        Assert.Equal((RouteMood.Trying, Options.BreakerProbes), (Look(state, 5).Mood, Look(state, 5).Limit));
        Assert.Equal(RouteMood.Free, Look(After(state, 6, probesGood: 1), 6).Mood);
    }

    [Fact]
    public void A_try_that_fails_opens_it_for_twice_as_long_up_to_the_longest_and_since_stays()
    {
        var state = After(RouteState.Fresh, 0, bad: 5);
        var (now, waits) = (0.0, new List<double>());
        for (var time = 0; time < 8; time++)
        {
            now = (state.OpenUntil!.Value - Start).TotalSeconds;
            state = After(state, now, probesBad: 1);
            waits.Add((state.OpenUntil!.Value - Start).TotalSeconds - now);
        }

        Assert.Equal([10, 20, 40, 80, 120, 120, 120, 120], waits);
        Assert.Equal(Start, state.OpenSince);
    }

    [Fact]
    public void What_was_asked_before_it_opened_neither_closes_it_nor_holds_it_open()
    {
        var state = After(RouteState.Fresh, 0, bad: 5);

        Assert.Equal(state, After(state, 1, good: 50, bad: 50));
        Assert.Equal(state.OpenUntil, After(state, 6, bad: 5).OpenUntil);
    }

    [Fact]
    public void A_provider_that_mostly_answers_is_never_cut_off()
    {
        var report = from good in Gen.Choose(2, 50) from bad in Gen.Choose(0, 1) from pass in Gen.Choose(0, 20) select (good, bad, pass);
        Prop.ForAll(report.ListOf().ToArbitrary(), reports =>
        {
            var (state, now) = (RouteState.Fresh, 0.0);
            foreach (var (good, bad, pass) in reports)
            {
                state = After(state, now += pass, good, bad);
            }

            return state.Openings == 0;
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData(null, Sign.Good)]
    [InlineData(FailureKind.RateLimited, Sign.Throttled)]
    [InlineData(FailureKind.ProviderDown, Sign.Bad)]
    [InlineData(FailureKind.TimedOut, Sign.Bad)]
    [InlineData(FailureKind.BadResponse, Sign.Bad)]
    [InlineData(FailureKind.OutcomeUnknown, Sign.Bad)]
    [InlineData(FailureKind.InvalidRequest, Sign.Good)]
    [InlineData(FailureKind.ContentRefused, Sign.Good)]
    [InlineData(FailureKind.Unauthorized, Sign.Good)]
    public void A_refusal_of_the_request_says_nothing_against_the_provider(FailureKind? failure, Sign sign) => Assert.Equal(sign, TrafficRules.SignOf(failure));

    [Fact]
    public void What_is_quiet_is_forgotten_and_what_nobody_wrote_to_for_long_counts_as_nothing()
    {
        var throttled = TrafficRules.After(null, new RouteReport("a") { Throttled = 1, UnderWay = 4 }, null, Options, Start);
        Assert.NotNull(throttled);
        Assert.Equal(RouteMood.Throttled, TrafficRules.Look(throttled, null, Options, Start).Mood);
        Assert.Equal(RouteMood.Free, TrafficRules.Look(throttled, null, Options, Start + Options.MaxWait + Options.ForgetAfter).Mood);
        Assert.Null(TrafficRules.After(throttled, new RouteReport("a") { Good = 1 }, null, Options, Start + Options.ForgetAfter));
        Assert.Null(TrafficRules.After(null, new RouteReport("a") { Good = 1 }, null, Options, Start));
    }

    [Fact]
    public void The_smaller_of_the_set_and_the_learned_limit_holds_and_a_models_own_goes_before_its_providers()
    {
        var options = new TrafficOptions
        {
            MaxInFlight = 50,
            Providers = { ["fal"] = new ProviderTraffic { MaxInFlight = 20, Models = { ["kling"] = 3 } } },
        };
        Assert.Equal([50, 20, 3], [options.LimitOf(RouteKey.Of("openai", "x"))!.Value, options.LimitOf(RouteKey.Of("FAL", "x"))!.Value, options.LimitOf(RouteKey.Of("fal", "kling"))!.Value]);
        var learned = RouteState.Fresh with { Limit = 10, ExpiresAt = DateTimeOffset.MaxValue };
        Assert.Equal(10, TrafficRules.Look(learned, 20, options, Start).Limit);
        Assert.Equal(3, TrafficRules.Look(learned, 3, options, Start).Limit);
        Assert.Equal(20, TrafficRules.Look(null, 20, options, Start).Limit);
    }
}
