namespace Providers.Traffic;

/// <summary>What this process sees of a route between two reports. Costs an item a few additions.</summary>
internal sealed class RouteTally
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(long ItemId, int Attempt), DateTimeOffset> _accepted = [];
    private int _calls;
    private int _good;
    private int _bad;
    private int _probesGood;
    private int _probesBad;
    private int _throttled;
    private int _underWay;
    private bool _filled;
    private DateTimeOffset? _retryAt;
    private DateTimeOffset? _goodSince;

    // A refusal, or what came of a try, weighs as much as a breaker needs.
    private int Pressing => _throttled + _probesGood + _probesBad > 0 ? int.MaxValue : _bad;

    /// <summary>A call begins.</summary>
    public void Begin()
    {
        lock (_lock)
        {
            _calls++;
        }
    }

    /// <summary>A call ended without an outcome.</summary>
    public void Abandon()
    {
        lock (_lock)
        {
            _calls--;
        }
    }

    /// <summary>A call ended. Returns the outcomes that are to be told soon.</summary>
    public int End(Sign sign, bool probe, DateTimeOffset? retryAt, DateTimeOffset now)
    {
        lock (_lock)
        {
            _calls--;
            Count(sign, probe, retryAt, now);
            return Pressing;
        }
    }

    /// <summary>A look at accepted work told how it went. Returns the same.</summary>
    public int Count(Sign sign, DateTimeOffset? retryAt, DateTimeOffset now)
    {
        lock (_lock)
        {
            Count(sign, probe: false, retryAt, now);
            return Pressing;
        }
    }

    /// <summary>The provider works on it; counts as under way for so long only, because another process may go on with it.</summary>
    public void Keep((long ItemId, int Attempt) item, DateTimeOffset until)
    {
        lock (_lock)
        {
            _accepted[item] = until;
        }
    }

    public void Drop((long ItemId, int Attempt) item)
    {
        lock (_lock)
        {
            _accepted.Remove(item);
        }
    }

    /// <summary>The limit holds something back.</summary>
    public void Filled()
    {
        lock (_lock)
        {
            _filled = true;
        }
    }

    /// <summary>What is to be told now; null when nobody needs to know. Answers alone are told only where something is known against the route.</summary>
    public RouteReport? Take(string process, bool watched, TimeSpan window, DateTimeOffset now)
    {
        lock (_lock)
        {
            foreach (var (item, _) in _accepted.Where(entry => entry.Value < now).ToList())
            {
                _accepted.Remove(item);
            }

            var loud = _bad + _probesGood + _probesBad + _throttled > 0;
            if (!loud && !(watched && (_good > 0 || _filled)))
            {
                if (now - _goodSince > window)
                {
                    (_good, _goodSince) = (0, null);
                }

                return null;
            }

            var report = new RouteReport(process)
            {
                Good = _good,
                Bad = _bad,
                ProbesGood = _probesGood,
                ProbesBad = _probesBad,
                Throttled = _throttled,
                RetryAt = _retryAt,
                UnderWay = _underWay,
                Filled = _filled,
            };
            (_good, _bad, _probesGood, _probesBad, _throttled, _underWay, _filled, _retryAt, _goodSince) = (0, 0, 0, 0, 0, 0, false, null, null);
            return report;
        }
    }

    private void Count(Sign sign, bool probe, DateTimeOffset? retryAt, DateTimeOffset now)
    {
        switch (sign, probe)
        {
            case (Sign.Bad, false):
                _bad++;
                return;
            case (Sign.Bad, true):
                _probesBad++;
                return;
            case (Sign.Good, false):
                _good++;
                _goodSince ??= now;
                return;
            case (Sign.Good, true):
                _probesGood++;
                return;
        }

        // A refusal is an answer, too: the provider is there.
        _probesGood += probe ? 1 : 0;
        var others = _calls + _accepted.Count;
        _underWay = _throttled++ == 0 ? others : Math.Min(_underWay, others);
        _retryAt = _retryAt > retryAt ? _retryAt : retryAt ?? _retryAt;
    }
}
