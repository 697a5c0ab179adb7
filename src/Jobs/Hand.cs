using System.Collections.Concurrent;
using Contracts.Generation;

namespace Jobs;

/// <summary>What this process has in hand.</summary>
public sealed class Hand(TimeProvider time)
{
    private readonly ConcurrentDictionary<(long ItemId, int Attempt), Held> _held = new();

    /// <summary>Takes an attempt in hand; false when it is already.</summary>
    public bool Take(ItemRef item)
    {
        ArgumentNullException.ThrowIfNull(item);
        var (key, mine) = ((item.ItemId, item.Attempt), new Held(item, null, null));
        return _held.TryAdd(key, mine) || (_held.TryGetValue(key, out var other) && other.Until < time.GetUtcNow() && _held.TryUpdate(key, mine, other));
    }

    /// <summary>Its submit begins; from now on it counts as running.</summary>
    public DateTimeOffset Begin(ItemRef item)
    {
        ArgumentNullException.ThrowIfNull(item);
        var now = time.GetUtcNow();
        _held[(item.ItemId, item.Attempt)] = new Held(item, now, null);
        return now;
    }

    /// <summary>A provider works on it since then. Counts as in hand for so long only, because another process may take it over unnoticed.</summary>
    public void Keep(ItemRef item, DateTimeOffset since, TimeSpan life)
    {
        ArgumentNullException.ThrowIfNull(item);
        _held[(item.ItemId, item.Attempt)] = new Held(item, since, time.GetUtcNow() + life);
    }

    public void Drop(ItemRef item)
    {
        ArgumentNullException.ThrowIfNull(item);
        _held.TryRemove((item.ItemId, item.Attempt), out _);
    }

    /// <summary>Items whose submit began at least <paramref name="age"/> ago: what is over sooner is not worth a sign.</summary>
    public IReadOnlyList<RunningItem> Running(TimeSpan age)
    {
        var now = time.GetUtcNow();
        foreach (var (key, held) in _held.Where(entry => entry.Value.Until < now))
        {
            _held.TryRemove(KeyValuePair.Create(key, held));
        }

        return [.. _held.Values.Where(held => held.Since <= now - age).Select(held => new RunningItem(held.Item.TenantId, held.Item.PipelineId, held.Item.ItemId, held.Item.Attempt, held.Since!.Value))];
    }

    /// <param name="Since">Null before its submit begins.</param>
    /// <param name="Until">Null until it is dropped.</param>
    private sealed record Held(ItemRef Item, DateTimeOffset? Since, DateTimeOffset? Until);
}
