using Jobs.Storage;
using Xunit;

namespace Workers.Tests.Pieces;

/// <summary>Who is gone, and who only seems to be.</summary>
public sealed class AbsencesTests
{
    private readonly Absences _absences = new(Seconds(6));

    [Fact]
    public void Nobody_is_gone_who_was_missed_once()
    {
        _absences.Look(["a"], Seconds(0));
        Assert.Empty(_absences.Gone(Seconds(0)));
        Assert.Empty(_absences.Gone(Seconds(2)));
    }

    [Fact]
    public void Whoever_is_missed_again_and_again_is_gone_after_half_a_life()
    {
        _absences.Look(["a"], Seconds(0));
        _absences.Look(["a", "b"], Seconds(2));
        Assert.Empty(_absences.Gone(Seconds(2)));
        _absences.Look(["a", "b"], Seconds(4));
        Assert.Equal(["a"], _absences.Gone(Seconds(4)));
    }

    [Fact]
    public void A_clock_that_jumps_costs_nobody_his_jobs()
    {
        // All seem late at once; each says within a third of its life that it lives.
        _absences.Look(["a", "b"], Seconds(0));
        _absences.Look(["b"], Seconds(2));
        _absences.Look([], Seconds(4));
        _absences.Look(["a", "b"], Seconds(6));
        Assert.Empty(_absences.Gone(Seconds(6)));
    }

    [Fact]
    public void Looks_with_a_gap_between_them_begin_anew()
    {
        _absences.Look(["a"], Seconds(0));
        _absences.Look(["a"], Seconds(4));
        Assert.Empty(_absences.Gone(Seconds(4)));
    }

    [Fact]
    public void Who_cannot_look_holds_nobody_for_gone()
    {
        _absences.Look(["a"], Seconds(0));
        _absences.Look(["a"], Seconds(2));
        _absences.Look(["a"], Seconds(4));
        Assert.Equal(["a"], _absences.Gone(Seconds(7)));
        Assert.Empty(_absences.Gone(Seconds(8)));
    }

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);
}
