using Contracts.Generation;
using PipelineService.Orchestration;
using PipelineService.Pipelines;
using PipelineService.Waiting;
using Providers.Catalog;

namespace PipelineService.Tests.Waiting;

public sealed class EtaTests
{
    private static readonly DispatchOptions Even = new();

    [Theory]
    [InlineData(0, 10.0, 4, 0, 0.0)]
    [InlineData(1, 10.0, 4, 0, 10.0)]
    [InlineData(100, 10.0, 4, 0, 250.0)]
    [InlineData(100, 10.0, 4, 30, 280.0)]
    public void What_is_left_takes_its_time_over_what_is_worked_on_at_once(int left, double each, double slots, double wait, double expected) =>
        Assert.Equal(expected, Eta.Seconds(left, each, slots, wait));

    [Fact]
    public void Nothing_is_promised_of_a_model_that_nobody_knows() => Assert.Null(Eta.Seconds(3, null, 4, 0));

    [Fact]
    public void A_run_gets_its_tenants_part_of_the_lane_and_of_that_an_equal_part()
    {
        WaitingQueue[] queues = [new(1, 11, 100, 0, 0), new(1, 12, 100, 0, 0), new(2, 21, 100, 0, 0), new(3, 31, 0, 0, 0)];

        Assert.Equal(0.25, Eta.Share(queues, 1, 11, Even));
        Assert.Equal(0.5, Eta.Share(queues, 2, 21, Even));
        Assert.Equal(1.0, Eta.Share([], 2, 21, Even));
        Assert.Equal(0.75, Eta.Share(queues, 2, 21, new DispatchOptions { Tenants = { ["2"] = new TenantDispatch { Weight = 3 } } }));
    }

    [Fact]
    public void Before_anything_was_measured_the_vendors_duration_counts_but_not_for_the_demo_renderer()
    {
        var typical = ModelCatalog.Embedded.Find("kling-image")!.TypicalLatencySec;
        var nothing = WaitingNow.Nothing(Even, 2);

        Assert.Equal(typical * 5, Eta.OfStep(Step("i2i", 10, "fal"), nothing, ModelCatalog.Embedded));
        Assert.Null(Eta.OfStep(Step("i2i", 10, "local"), nothing, ModelCatalog.Embedded));
        Assert.Null(Eta.OfStep(Step("i2i", 10, "fal", StepStatus.Completed), nothing, ModelCatalog.Embedded));
    }

    [Fact]
    public void Measured_durations_count_by_what_makes_them_longer()
    {
        var slow = Step("i2v", 10, "local");
        slow.Resolved = new GenerationParameters("kling", Resolution: "1080p", DurationSec: 10);
        var now = new WaitingNow(
            new Dictionary<DurationKey, double> { [new("local", "kling", "1080p/10s")] = 60, [new("local", "kling", "1080p/5s")] = 30 },
            new Dictionary<string, LaneFlow> { [Lanes.Video] = new(0.1, 4) }, new Dictionary<string, IReadOnlyList<WaitingQueue>>(), Even, 2);

        Assert.Equal(150, Eta.OfStep(slow, now, ModelCatalog.Embedded));
    }

    [Fact]
    public void The_wait_for_its_turn_comes_before_it()
    {
        var queues = new Dictionary<string, IReadOnlyList<WaitingQueue>> { [Lanes.Image] = [new(1, 11, 50, 0, 0), new(2, 7, 1, 20, 0)] };
        var now = new WaitingNow(
            new Dictionary<DurationKey, double> { [new("local", "kling-image", "")] = 2 }, new Dictionary<string, LaneFlow> { [Lanes.Image] = new(4, 8) }, queues, Even, 2);
        var step = Step("i2i", 1, "local");

        Assert.Equal(new QueueView(2, 20, 5), now.Place(step));
        Assert.Equal(7, Eta.OfStep(step, now, ModelCatalog.Embedded));
    }

    [Fact]
    public void Steps_behind_each_other_add_up_and_steps_side_by_side_do_not()
    {
        var now = new WaitingNow(
            new Dictionary<DurationKey, double> { [new("local", "kling-image", "")] = 1, [new("local", "kling", "")] = 10 },
            new Dictionary<string, LaneFlow> { [Lanes.Image] = new(1, 1), [Lanes.Video] = new(1, 10) }, new Dictionary<string, IReadOnlyList<WaitingQueue>>(), Even, 1);
        Step[] steps = [Step("i2i", 100, "local"), Step("i2v", 50, "local", StepStatus.Pending)];

        Assert.Equal(110, Eta.OfRun(Run(PipelineMode.Auto), steps, now, ModelCatalog.Embedded));
        Assert.Equal(150, Eta.OfRun(Run(PipelineMode.Manual), steps, now, ModelCatalog.Embedded));
        Assert.Null(Eta.OfRun(Run(PipelineMode.Auto, PipelineStatus.Paused), steps, now, ModelCatalog.Embedded));
    }

    private static Pipeline Run(PipelineMode mode, PipelineStatus status = PipelineStatus.Running) =>
        new() { TenantId = 2, Name = "run", Mode = mode, Status = status, Checkpoints = [], Tags = [], CreatedAt = default };

    private static Step Step(string type, int total, string provider, StepStatus status = StepStatus.Running) => new()
    {
        TenantId = 2,
        PipelineId = 7,
        StepType = type,
        StepOrder = type == "i2i" ? 1 : 2,
        Config = new StepConfig(),
        Status = status,
        Provider = provider,
        Resolved = new GenerationParameters(type == "i2i" ? "kling-image" : "kling"),
        Total = total,
        Open = status == StepStatus.Running ? total : 0,
        CreatedAt = default,
    };
}
