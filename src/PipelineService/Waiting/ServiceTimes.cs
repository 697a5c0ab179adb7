using PipelineService.Pipelines;

namespace PipelineService.Waiting;

/// <summary>Sums the service times of what ends in this process, until they are written. Costs an item two additions.</summary>
internal sealed class ServiceTimes
{
    private readonly Lock _lock = new();
    private Dictionary<long, Sum> _sums = [];

    public void Observe(Step step, DateTimeOffset startedAt, DateTimeOffset finishedAt)
    {
        var seconds = (finishedAt - startedAt).TotalSeconds;
        if (seconds < 0)
        {
            return;
        }

        lock (_lock)
        {
            if (!_sums.TryGetValue(step.Id, out var sum))
            {
                _sums[step.Id] = sum = new Sum(DurationKey.Of(step), Contracts.Generation.StepTypes.Lane(step.StepType));
            }

            sum.Count++;
            sum.Seconds += seconds;
        }
    }

    /// <summary>What came together since the last call.</summary>
    public IReadOnlyCollection<Sum> Take()
    {
        lock (_lock)
        {
            var taken = _sums;
            _sums = [];
            return taken.Values;
        }
    }

    public sealed class Sum(DurationKey key, string lane)
    {
        public DurationKey Key => key;

        public string Lane => lane;

        public int Count { get; set; }

        public double Seconds { get; set; }
    }
}
