using FsCheck;
using FsCheck.Fluent;
using Providers.Traffic;

namespace Providers.Tests.Traffic;

public sealed class LimitRuleTests
{
    private static readonly TrafficOptions Options = new();
    private static readonly DateTimeOffset Start = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    private static RouteState After(RouteState state, RouteReport report, double seconds, int? most = null) => LimitRule.After(state, report, most, Options, Start.AddSeconds(seconds));

    private static RouteReport Throttled(int underWay, double? retryAt = null, string process = "a") =>
        new(process) { Throttled = 1, UnderWay = underWay, RetryAt = retryAt is { } seconds ? Start.AddSeconds(seconds) : null };

    [Fact]
    public void Nothing_is_limited_until_the_provider_says_so() =>
        Assert.Null(After(RouteState.Fresh, new RouteReport("a") { Good = 1000, Filled = true }, 0).Limit);

    [Fact]
    public void A_refusal_leaves_a_part_of_what_was_under_way_and_shuts_the_route_until_the_time_asked_for()
    {
        var state = After(RouteState.Fresh, Throttled(16, retryAt: 7), 0);

        Assert.Equal(12, state.Limit);
        Assert.Equal(Start.AddSeconds(7), state.BlockedUntil);
        Assert.Equal(Start, state.BlockedSince);
    }

    [Fact]
    public void Without_a_time_the_default_holds_and_a_time_too_far_off_is_cut()
    {
        Assert.Equal(Start + Options.DefaultWait, After(RouteState.Fresh, Throttled(4), 0).BlockedUntil);
        Assert.Equal(Start + Options.MaxWait, After(RouteState.Fresh, Throttled(4, retryAt: 1e6), 0).BlockedUntil);
    }

    [Fact]
    public void Refusals_of_one_moment_are_one_cut_from_what_all_processes_had_under_way()
    {
        var state = After(RouteState.Fresh, Throttled(8), 0);
        state = After(state, Throttled(8), 0.1);
        state = After(state, Throttled(8, process: "b"), 0.2);

        Assert.Equal(12, state.Limit);
    }

    [Fact]
    public void A_refusal_after_the_reaction_time_cuts_again_and_never_below_one()
    {
        var state = After(RouteState.Fresh, Throttled(8), 0);
        for (var second = 1; second < 30; second++)
        {
            state = After(state, Throttled(0), second * 2);
        }

        Assert.Equal(1, state.Limit);
    }

    [Fact]
    public void A_full_round_that_went_well_lets_one_more_through_but_only_when_the_limit_was_used()
    {
        var state = After(RouteState.Fresh, Throttled(8), 0);
        Assert.Equal(6, state.Limit);

        Assert.Equal(6, After(state, new RouteReport("a") { Good = 6 }, 5).Limit);
        Assert.Equal(6, After(state, new RouteReport("a") { Good = 5, Filled = true }, 5).Limit);
        Assert.Equal(7, After(state, new RouteReport("a") { Good = 6, Filled = true }, 5).Limit);
        Assert.Equal(7, After(After(state, new RouteReport("a") { Good = 3, Filled = true }, 4), new RouteReport("b") { Good = 3 }, 5).Limit);
    }

    [Fact]
    public void A_limit_does_not_grow_past_the_set_one() =>
        Assert.Equal(6, After(After(RouteState.Fresh, Throttled(8), 0), new RouteReport("a") { Good = 100, Filled = true }, 5, most: 6).Limit);

    [Fact]
    public void A_limit_is_forgotten_when_no_refusal_has_come_for_long()
    {
        var state = After(RouteState.Fresh, Throttled(8), 0);

        Assert.NotNull(After(state, new RouteReport("a") { Good = 1 }, Options.ForgetAfter.TotalSeconds - 1).Limit);
        Assert.Null(After(state, new RouteReport("a") { Good = 1 }, Options.ForgetAfter.TotalSeconds).Limit);
    }

    [Fact]
    public void Whatever_comes_a_limit_stays_at_least_one_falls_only_by_refusals_and_the_route_never_opens_early()
    {
        var step = from throttled in Gen.Choose(0, 2)
                   from underWay in Gen.Choose(0, 200)
                   from good in Gen.Choose(0, 200)
                   from filled in Gen.Elements(true, false)
                   from wait in Gen.Choose(1, 30)
                   from process in Gen.Elements("a", "b", "c")
                   from pass in Gen.Choose(0, 3000)
                   select (throttled, underWay, good, filled, wait, process, pass);
        Prop.ForAll(step.ListOf().ToArbitrary(), steps =>
        {
            var (state, now) = (RouteState.Fresh, Start);
            foreach (var (throttled, underWay, good, filled, wait, process, pass) in steps)
            {
                now = now.AddMilliseconds(pass);
                var before = state;
                state = LimitRule.After(
                    state, new RouteReport(process) { Throttled = throttled, UnderWay = underWay, Good = good, Filled = filled, RetryAt = now.AddSeconds(wait) }, null, Options, now);
                if (state.Limit < 1 || (throttled == 0 && before.Limit > state.Limit) || (throttled > 0 && state.Limit is null)
                    || (before.BlockedUntil > now && !(state.BlockedUntil >= before.BlockedUntil)) || (throttled > 0 && !(state.BlockedUntil >= now.AddSeconds(wait))))
                {
                    return false;
                }
            }

            return true;
        }).QuickCheckThrowOnFailure();
    }
}
