using Contracts.Generation;

namespace PipelineService.Orchestration;

/// <summary>
/// Results that wait to be committed, and which of them go together. Those that write fewest rows go first: an end or the step before it does not wait
/// behind prompts that each lead to twenty images. Half of a batch is the oldest message's, so that nothing waits for ever.
/// </summary>
/// <param name="mostRows">Rows that a batch may write; its last result may go over.</param>
internal sealed class ResultBacklog(FollowUps followUps, int mostRows)
{
    private readonly List<WaitingResults> _waiting = [];

    public int Count => _waiting.Count;

    public void Add(WaitingResults message) => _waiting.Add(message);

    /// <summary>The next batch; empty when nothing waits.</summary>
    public List<ResultPart> Next()
    {
        var parts = new List<ResultPart>();
        if (_waiting.Count == 0)
        {
            return parts;
        }

        var room = mostRows - Take(_waiting[0], Math.Max(1, mostRows / 2));
        foreach (var message in _waiting.Where(message => message.HasMore).OrderBy(message => Rows(message.Next)).ToList())
        {
            if (room > 0)
            {
                room -= Take(message, room);
            }
        }

        _waiting.RemoveAll(message => !message.HasMore);
        return parts;

        int Take(WaitingResults message, int most)
        {
            var rows = 0;
            var taken = new List<ItemResult>();
            do
            {
                rows += Rows(message.Next);
                taken.Add(message.Take());
            }
            while (message.HasMore && rows < most);

            parts.Add(new ResultPart(message, taken));
            return rows;
        }
    }

    private int Rows(ItemResult result) => 1 + followUps.Of(result.Item.StepId);
}

/// <summary>Results of one message that are committed together.</summary>
internal sealed record ResultPart(WaitingResults Of, IReadOnlyList<ItemResult> Results);

/// <summary>A message of results, and how far it has been committed.</summary>
/// <param name="results">At least one.</param>
internal sealed class WaitingResults(IReadOnlyList<ItemResult> results)
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _taken;
    private int _ended;

    /// <summary>Ends when all of its results have been committed, or some could not be.</summary>
    public Task Done => _done.Task;

    public bool HasMore => _taken < results.Count;

    public ItemResult Next => results[_taken];

    public ItemResult Take() => results[_taken++];

    public void Ended(int count)
    {
        _ended += count;
        if (_ended == results.Count)
        {
            _done.TrySetResult();
        }
    }

    public void Failed(Exception exception) => _done.TrySetException(exception);
}
