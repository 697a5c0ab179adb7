using System.Collections.Concurrent;

namespace PipelineService.Orchestration;

/// <summary>How many items follow from a result of a step, as far as this process has seen it.</summary>
internal sealed class FollowUps
{
    private const int Unknown = 15;
    private const int MostSteps = 10_000;
    private readonly ConcurrentDictionary<long, int> _bySteps = new();

    public int Of(long stepId) => _bySteps.GetValueOrDefault(stepId, Unknown);

    /// <param name="results">At least 1.</param>
    public void Saw(long stepId, int results, int items)
    {
        if (_bySteps.Count >= MostSteps)
        {
            _bySteps.Clear();
        }

        _bySteps[stepId] = (items + results - 1) / results;
    }
}
