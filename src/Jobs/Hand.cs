using System.Collections.Concurrent;
using Contracts.Generation;

namespace Jobs;

/// <summary>What this process has in hand.</summary>
public sealed class Hand(TimeProvider time)
{
    private readonly ConcurrentDictionary<(long ItemId, int Attempt), Held> _held = new();

    public int Count => _held.Count;

    /// <summary>Takes an attempt in hand; false when it is already.</summary>
    public bool Take(ItemRef item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return _held.TryAdd((item.ItemId, item.Attempt), new Held(item, null));
    }

    /// <summary>Its submit begins; from now on it counts as running.</summary>
    public DateTimeOffset Begin(ItemRef item)
    {
        ArgumentNullException.ThrowIfNull(item);
        var now = time.GetUtcNow();
        _held[(item.ItemId, item.Attempt)] = new Held(item, now);
        return now;
    }

    public void Drop(ItemRef item)
    {
        ArgumentNullException.ThrowIfNull(item);
        _held.TryRemove((item.ItemId, item.Attempt), out _);
    }

    /// <summary>Items whose submit began at least <paramref name="age"/> ago: what is over sooner is not worth a sign.</summary>
    public IReadOnlyList<RunningItem> Running(TimeSpan age)
    {
        var before = time.GetUtcNow() - age;
        return [.. _held.Values.Where(held => held.Since <= before).Select(held => new RunningItem(held.Item.TenantId, held.Item.PipelineId, held.Item.ItemId, held.Item.Attempt, held.Since!.Value))];
    }

    private sealed record Held(ItemRef Item, DateTimeOffset? Since);
}
