using System.Collections.Concurrent;
using Contracts.Generation;

namespace PipelineService.Orchestration;

/// <summary>How fast work gets done now, per kind of step: the dispatcher sizes its window and its messages by it.</summary>
internal sealed class LaneRates(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, Rate> _rates = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<long, string> _lanes = new();

    /// <summary>Remembers which lane a step's results belong to.</summary>
    public void Sent(long stepId, string lane) => _lanes[stepId] = lane;

    public void Record(IReadOnlyList<ItemResult> results)
    {
        foreach (var group in results.GroupBy(result => _lanes.GetValueOrDefault(result.Item.StepId)))
        {
            if (group.Key is { } lane)
            {
                _rates.GetOrAdd(lane, _ => new Rate(time)).Add(group.Count(), group.Average(result => (result.FinishedAt - result.StartedAt).TotalSeconds));
            }
        }
    }

    /// <summary>Items a second, over about the last second; 0 when nothing was measured.</summary>
    public double PerSecond(string lane) => _rates.TryGetValue(lane, out var rate) ? rate.PerSecond : 0;

    /// <summary>Mean seconds one item takes a worker; infinity when nothing was measured.</summary>
    public double SecondsEach(string lane) => _rates.TryGetValue(lane, out var rate) ? rate.SecondsEach : double.PositiveInfinity;

    private sealed class Rate(TimeProvider time)
    {
        private readonly Lock _lock = new();
        private long _since = time.GetTimestamp();
        private int _count;

        public double PerSecond { get; private set; }

        public double SecondsEach { get; private set; } = double.PositiveInfinity;

        public void Add(int count, double seconds)
        {
            lock (_lock)
            {
                SecondsEach = double.IsInfinity(SecondsEach) ? seconds : (0.8 * SecondsEach) + (0.2 * seconds);
                _count += count;
                var elapsed = time.GetElapsedTime(_since).TotalSeconds;
                if (elapsed >= 0.25)
                {
                    PerSecond = (0.5 * PerSecond) + (0.5 * _count / elapsed);
                    _count = 0;
                    _since = time.GetTimestamp();
                }
            }
        }
    }
}
