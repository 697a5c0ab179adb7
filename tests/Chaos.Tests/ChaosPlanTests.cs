namespace Chaos.Tests;

public sealed class ChaosPlanTests
{
    [Fact]
    public void The_same_seed_gives_the_same_plan() =>
        Assert.All(Enumerable.Range(1, 100), seed => Assert.Equal(ChaosPlan.From(seed).ToString(), ChaosPlan.From(seed).ToString()));

    [Fact]
    public void Fifty_rounds_hold_every_fault_in_every_mode_of_the_provider()
    {
        var plans = Enumerable.Range(1, 50).Select(ChaosPlan.From).ToList();
        var kinds = typeof(Fault).GetNestedTypes().Where(type => type.IsSubclassOf(typeof(Fault))).ToHashSet();
        Assert.All([true, false], never => Assert.Equal(kinds, plans.Where(plan => plan.ResubmitNever == never).SelectMany(plan => plan.Faults).Select(timed => timed.Fault.GetType()).ToHashSet()));
        var killed = plans.SelectMany(plan => plan.Faults).Select(timed => timed.Fault).OfType<Fault.Kill>().Select(kill => kill.Service).ToHashSet();
        Assert.Equal(Targets.Services.Select(target => target.Service).ToHashSet(), killed);
        var restarted = plans.SelectMany(plan => plan.Faults).Select(timed => timed.Fault).OfType<Fault.Restart>().Select(restart => restart.Server).ToHashSet();
        Assert.Equal([Targets.Postgres, Targets.RabbitMq, Targets.Redis], restarted);
        Assert.Contains(plans, plan => plan is { ImagesAsynchronous: true, Enhance: true });
    }
}
