using Microsoft.Extensions.Options;

namespace Sandbox.Jobs;

/// <summary>The jobs of all vendors, in the order they came. A job waits until its vendor has room, runs, and is completed: also when it failed or was cancelled.</summary>
internal sealed class JobQueue(IOptions<SandboxOptions> options, TimeProvider time)
{
    private const int MostKept = 50_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Job> _jobs = [];
    private readonly LinkedList<string> _order = [];
    private readonly LinkedList<string> _waiting = [];
    private readonly Dictionary<string, int> _running = [];

    /// <summary>Released when something may have become possible.</summary>
    public SemaphoreSlim Pulse { get; } = new(0);

    public void Add(Job job)
    {
        lock (_lock)
        {
            _jobs[job.Id] = job;
            _order.AddLast(job.Id);
            _waiting.AddLast(job.Id);
            while (_order.Count > MostKept && _jobs[_order.First!.Value].State == JobState.Completed)
            {
                _jobs.Remove(_order.First.Value);
                _order.RemoveFirst();
            }
        }

        Pulse.Release();
    }

    /// <summary>Null when there is no such job; with how many of its vendor's wait before it.</summary>
    public (Job Job, int Position)? Find(string id)
    {
        lock (_lock)
        {
            if (!_jobs.TryGetValue(id, out var job))
            {
                return null;
            }

            return (job, job.State == JobState.InQueue ? _waiting.TakeWhile(other => other != id).Count(other => _jobs[other].Vendor == job.Vendor) : 0);
        }
    }

    /// <summary>Its result is not kept any more.</summary>
    public bool IsExpired(Job job) => job.EndedAt + options.Value.ResultLife < time.GetUtcNow();

    /// <summary>The next job that may run now; null when there is none or no room.</summary>
    public Job? Take()
    {
        lock (_lock)
        {
            for (var node = _waiting.First; node is not null; node = node.Next)
            {
                var job = _jobs[node.Value];
                if (_running.GetValueOrDefault(job.Vendor) < options.Value.Concurrency)
                {
                    _waiting.Remove(node);
                    _running[job.Vendor] = _running.GetValueOrDefault(job.Vendor) + 1;
                    return _jobs[job.Id] = job with { State = JobState.InProgress, StartedAt = time.GetUtcNow() };
                }
            }

            return null;
        }
    }

    public void End(string id, JobOutcome outcome)
    {
        lock (_lock)
        {
            var job = _jobs[id];
            _running[job.Vendor]--;
            _jobs[id] = job with { State = JobState.Completed, EndedAt = time.GetUtcNow(), Outcome = job.CancelAsked ? Cancelled : outcome };
        }

        Pulse.Release();
    }

    /// <summary>The state it was found in; null when there is no such job.</summary>
    public JobState? Cancel(string id)
    {
        lock (_lock)
        {
            if (!_jobs.TryGetValue(id, out var job))
            {
                return null;
            }

            if (job.State == JobState.InQueue)
            {
                _waiting.Remove(id);
                _jobs[id] = job with { State = JobState.Completed, CancelAsked = true, EndedAt = time.GetUtcNow(), Outcome = Cancelled };
            }
            else if (job.State == JobState.InProgress)
            {
                _jobs[id] = job with { CancelAsked = true };
            }

            return job.State;
        }
    }

    /// <summary>Ends the fault of a job that has one; false when it has none any more.</summary>
    public bool Mend(string id, Fault fault)
    {
        lock (_lock)
        {
            var job = _jobs[id];
            _jobs[id] = job.Fault == fault ? job with { Fault = Fault.None } : job;
            return job.Fault == fault;
        }
    }

    /// <summary>All that is kept, oldest first.</summary>
    public IReadOnlyList<Job> All()
    {
        lock (_lock)
        {
            return [.. _order.Select(id => _jobs[id])];
        }
    }

    private static JobOutcome Cancelled { get; } = new(JobEnd.Cancelled);
}
