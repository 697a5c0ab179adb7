using Contracts.Generation;
using Jobs;
using Jobs.Storage;
using Providers;
using Xunit;

namespace Workers.Tests.Pieces;

public sealed class NextMoveTests
{
    public static TheoryData<ClaimKind, bool, bool, Resubmit?, bool> Everything()
    {
        var all = new TheoryData<ClaimKind, bool, bool, Resubmit?, bool>();
        foreach (var kind in Enum.GetValues<ClaimKind>())
        {
            foreach (var resubmit in new Resubmit?[] { Resubmit.Safe, Resubmit.Never, null })
            {
                for (var bits = 0; bits < 8; bits++)
                {
                    all.Add(kind, (bits & 1) != 0, (bits & 2) != 0, resubmit, (bits & 4) != 0);
                }
            }
        }

        return all;
    }

    [Theory]
    [MemberData(nameof(Everything))]
    public void Nothing_of_unknown_fate_is_submitted_unless_that_is_safe(ClaimKind kind, bool hasHandle, bool refused, Resubmit? resubmit, bool begun)
    {
        var move = Decide(kind, hasHandle, refused, resubmit, begun);
        if (move != NextMove.Submit)
        {
            return;
        }

        Assert.False(refused);
        Assert.NotEqual(ClaimKind.Ended, kind);
        Assert.NotEqual(ClaimKind.Live, kind);
        var fateUnknown = kind == ClaimKind.TakenOver || (kind == ClaimKind.Mine && begun);
        Assert.True(!fateUnknown || resubmit == Resubmit.Safe);
        Assert.False(hasHandle && kind is (ClaimKind.TakenOver or ClaimKind.Mine));
    }

    [Theory]
    [InlineData(ClaimKind.Fresh, false, false, Resubmit.Never, false, NextMove.Submit)]
    [InlineData(ClaimKind.Refused, false, true, Resubmit.Never, false, NextMove.Refuse)]
    [InlineData(ClaimKind.Ended, false, true, Resubmit.Never, false, NextMove.Repeat)]
    [InlineData(ClaimKind.Live, false, false, Resubmit.Safe, false, NextMove.Leave)]
    [InlineData(ClaimKind.TakenOver, true, true, Resubmit.Never, false, NextMove.Leave)]
    [InlineData(ClaimKind.TakenOver, false, false, Resubmit.Never, false, NextMove.GiveUpAsUnknown)]
    [InlineData(ClaimKind.TakenOver, false, true, Resubmit.Never, false, NextMove.GiveUpAsUnknown)]
    [InlineData(ClaimKind.TakenOver, false, false, Resubmit.Safe, false, NextMove.Submit)]
    [InlineData(ClaimKind.TakenOver, false, true, Resubmit.Safe, false, NextMove.Refuse)]
    [InlineData(ClaimKind.TakenOver, false, true, null, false, NextMove.GiveUpAsUnknown)]
    [InlineData(ClaimKind.Mine, false, false, Resubmit.Never, false, NextMove.Submit)]
    [InlineData(ClaimKind.Mine, false, false, Resubmit.Never, true, NextMove.GiveUpAsUnknown)]
    public void Each_case_has_its_move(ClaimKind kind, bool hasHandle, bool refused, Resubmit? resubmit, bool begun, NextMove expected) =>
        Assert.Equal(expected, Decide(kind, hasHandle, refused, resubmit, begun));

    private static NextMove Decide(ClaimKind kind, bool hasHandle, bool refused, Resubmit? resubmit, bool begun) =>
        NextMoves.Decide(new Claim(kind, hasHandle ? "h" : null), refused ? new ItemFailure(FailureKind.Cancelled, "Stopped.") : null, resubmit, begun);
}
