using Contracts.Generation;
using PipelineService.Orchestration;
using PipelineService.Pipelines;
using PipelineService.Traffic;
using Providers;
using Providers.Catalog;
using Providers.Keys;
using Providers.Traffic;

namespace PipelineService.Waiting;

/// <summary>What a lane can do.</summary>
/// <param name="PerSecond">Items a second.</param>
/// <param name="Slots">Items that are worked on at once.</param>
public readonly record struct LaneFlow(double PerSecond, double Slots);

/// <summary>All that is known at a moment about how long things take and what waits.</summary>
/// <param name="Means">Measured seconds an item.</param>
/// <param name="Lanes">By lane; what was never measured is absent.</param>
/// <param name="Queues">By lane: what waits or is being worked on.</param>
internal sealed record WaitingNow(
    IReadOnlyDictionary<DurationKey, double> Means, IReadOnlyDictionary<string, LaneFlow> Lanes, IReadOnlyDictionary<string, IReadOnlyList<WaitingQueue>> Queues,
    DispatchOptions Shares, int DefaultSlots)
{
    private readonly Dictionary<string, IReadOnlyDictionary<long, QueuePlace>> _places = [];

    /// <summary>Seconds until a provider may be asked again, where it is to be left alone now; infinity when nobody knows.</summary>
    public IReadOnlyDictionary<RouteKey, double> Shut { get; init; } = new Dictionary<RouteKey, double>();

    /// <summary>Who has keys of its own; null where nobody has.</summary>
    public WorkspaceKeys? Keys { get; init; }

    public static WaitingNow Nothing(DispatchOptions shares, int defaultSlots) =>
        new(new Dictionary<DurationKey, double>(), new Dictionary<string, LaneFlow>(), new Dictionary<string, IReadOnlyList<WaitingQueue>>(), shares, defaultSlots);

    /// <summary>Seconds an item of a step takes: as measured, else as the model's vendor has it; null when neither is known.</summary>
    public double? SecondsEach(Step step, ModelCatalog catalog)
    {
        if (Means.TryGetValue(DurationKey.Of(step), out var mean))
        {
            return mean;
        }

        return step is { Resolved: { } asked, Provider: { } provider } && !ProviderNames.IsSimulated(provider) ? catalog.Find(asked.Model)?.TypicalLatencySec : null;
    }

    /// <summary>How many items of a run are worked on at once: the lane's slots, shared as turns are shared.</summary>
    public double Slots(Step step)
    {
        var lane = StepTypes.Lane(step.StepType);
        var slots = Lanes.TryGetValue(lane, out var flow) && flow.Slots > 0 ? flow.Slots : DefaultSlots;
        return slots * Eta.Share(Queues.GetValueOrDefault(lane) ?? [], step.TenantId, step.PipelineId, Shares);
    }

    /// <summary>Where a step stands in its lane; null when nothing of it waits.</summary>
    public QueueView? Place(Step step)
    {
        var lane = StepTypes.Lane(step.StepType);
        if (step.Open == 0 || !Places(lane).TryGetValue(step.PipelineId, out var place))
        {
            return null;
        }

        int? wait = place.Ahead == 0 ? 0 : Lanes.TryGetValue(lane, out var flow) && flow.PerSecond > 0 ? (int)Math.Ceiling(place.Ahead / flow.PerSecond) : null;
        return new QueueView(place.Position, place.Ahead, wait);
    }

    /// <summary>Seconds until anything of a step may be sent: its turn, and its provider; null when that is not to be known.</summary>
    public double? Wait(Step step)
    {
        var turn = Place(step)?.WaitSec ?? 0;
        return Shut.Count == 0 || !Shut.TryGetValue(ProviderWaits.RouteOf(step, Keys), out var shut) ? turn : double.IsInfinity(shut) ? null : Math.Max(turn, shut);
    }

    private IReadOnlyDictionary<long, QueuePlace> Places(string lane)
    {
        lock (_places)
        {
            if (!_places.TryGetValue(lane, out var places))
            {
                _places[lane] = places = DispatchPlan.Places(Queues.GetValueOrDefault(lane) ?? [], Shares);
            }

            return places;
        }
    }
}

/// <summary>Where a run stands among those that wait.</summary>
/// <param name="Position">Its place among the runs that wait for the same kind of work, from 1, by whose next item goes first.</param>
/// <param name="Ahead">Items of other runs that go before its next one.</param>
/// <param name="WaitSec">Seconds until then; null before anything was measured.</param>
public sealed record QueueView(int Position, int Ahead, int? WaitSec);
