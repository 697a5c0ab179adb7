using Microsoft.Extensions.Options;

namespace Sandbox.Fal;

/// <summary>The jobs, in the order they came. A job waits until there is room, runs, and is completed: also when it failed or was cancelled.</summary>
internal sealed class FalQueue(IOptions<SandboxOptions> options, TimeProvider time)
{
    private const int MostKept = 50_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, FalJob> _jobs = [];
    private readonly LinkedList<string> _order = [];
    private readonly LinkedList<string> _waiting = [];
    private int _running;

    /// <summary>Released when something may have become possible.</summary>
    public SemaphoreSlim Pulse { get; } = new(0);

    public void Add(FalJob job)
    {
        lock (_lock)
        {
            _jobs[job.Id] = job;
            _order.AddLast(job.Id);
            _waiting.AddLast(job.Id);
            while (_order.Count > MostKept && _jobs[_order.First!.Value].State == FalState.Completed)
            {
                _jobs.Remove(_order.First.Value);
                _order.RemoveFirst();
            }
        }

        Pulse.Release();
    }

    /// <summary>Null when there is no such job of this app, or its result has expired.</summary>
    public (FalJob Job, int Position)? Find(string app, string id)
    {
        lock (_lock)
        {
            if (!_jobs.TryGetValue(id, out var job) || job.App != app || job.EndedAt + options.Value.ResultLife < time.GetUtcNow())
            {
                return null;
            }

            return (job, job.State == FalState.InQueue ? _waiting.TakeWhile(other => other != id).Count() : 0);
        }
    }

    /// <summary>The next job that may run now; null when there is none or no room.</summary>
    public FalJob? Take()
    {
        lock (_lock)
        {
            if (_running >= options.Value.Concurrency || _waiting.First is not { } first)
            {
                return null;
            }

            _waiting.RemoveFirst();
            _running++;
            return _jobs[first.Value] = _jobs[first.Value] with { State = FalState.InProgress, StartedAt = time.GetUtcNow() };
        }
    }

    public void End(string id, FalOutcome outcome)
    {
        lock (_lock)
        {
            _running--;
            var job = _jobs[id];
            _jobs[id] = job with { State = FalState.Completed, EndedAt = time.GetUtcNow(), Outcome = outcome };
        }

        Pulse.Release();
    }

    /// <summary>The state it was found in; null when there is no such job.</summary>
    public FalState? Cancel(string app, string id)
    {
        lock (_lock)
        {
            if (!_jobs.TryGetValue(id, out var job) || job.App != app)
            {
                return null;
            }

            if (job.State == FalState.InQueue)
            {
                _waiting.Remove(id);
                _jobs[id] = job with { State = FalState.Completed, CancelAsked = true, EndedAt = time.GetUtcNow(), Outcome = Cancelled };
            }
            else if (job.State == FalState.InProgress)
            {
                _jobs[id] = job with { CancelAsked = true };
            }

            return job.State;
        }
    }

    public bool IsCancelAsked(string id)
    {
        lock (_lock)
        {
            return _jobs[id].CancelAsked;
        }
    }

    /// <summary>All that is kept, oldest first.</summary>
    public IReadOnlyList<FalJob> All()
    {
        lock (_lock)
        {
            return [.. _order.Select(id => _jobs[id])];
        }
    }

    public static FalOutcome Cancelled { get; } = new(
        499, new System.Text.Json.Nodes.JsonObject { ["detail"] = "Request was cancelled", ["error_type"] = "client_cancelled" }, 0);
}
