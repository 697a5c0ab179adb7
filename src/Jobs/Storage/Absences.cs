namespace Jobs.Storage;

/// <summary>
/// Tells owners that are gone from those whose time only seems to have run out: a clock that jumps makes all of them late at once, but one that lives says so
/// again within a third of its life. Gone is who was missed at two looks at least half a life apart, and at every look between. Pure.
/// </summary>
public sealed class Absences(TimeSpan life)
{
    private Dictionary<string, TimeSpan> _since = [];
    private TimeSpan? _last;

    /// <summary>Whoever is missed at this look.</summary>
    /// <param name="at">On a clock that never jumps.</param>
    public void Look(IEnumerable<string> missed, TimeSpan at)
    {
        // Who could not look could not have been seen either: others were cut off from the database as well.
        var known = at - _last <= life / 2 ? _since : [];
        _since = missed.Distinct().ToDictionary(owner => owner, owner => known.GetValueOrDefault(owner, at));
        _last = at;
    }

    /// <summary>Nobody, when the last look is too long ago.</summary>
    public IReadOnlyList<string> Gone(TimeSpan at) =>
        at - _last <= life / 2 ? [.. _since.Where(missed => _last - missed.Value >= life / 2).Select(missed => missed.Key)] : [];
}
