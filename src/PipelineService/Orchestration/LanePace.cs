using System.Collections.Concurrent;

namespace PipelineService.Orchestration;

/// <summary>How the lanes go, as this process sees it: results tell how long items waited, and the windows follow (<see cref="PaceRule"/>).</summary>
internal sealed class LanePace(OrchestrationOptions options, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, Lane> _lanes = new(StringComparer.Ordinal);

    /// <summary>Items that may be in flight now.</summary>
    public int Window(string lane) => Of(lane).Window();

    /// <summary>Items a message.</summary>
    public int MessageSize(string lane) => Of(lane).MessageSize;

    /// <summary>The last claim used the whole window; only then may it grow.</summary>
    public void Filled(string lane) => Of(lane).Filled();

    /// <summary>Items that ended. What was seen running told how long it waited then.</summary>
    public void Record(IReadOnlyList<LaneTime> times)
    {
        foreach (var lane in times.GroupBy(time => time.Lane))
        {
            Of(lane.Key).Took(lane.Average(time => time.Worked.TotalSeconds));
            Waited(lane.Key, [.. lane.Where(time => !time.SeenRunning).Select(time => time.InFlight - time.Worked)]);
        }
    }

    /// <param name="waits">From the claim to the begin of work.</param>
    public void Waited(string lane, IReadOnlyList<TimeSpan> waits)
    {
        if (waits.Count > 0)
        {
            Of(lane).Waited(waits.Count, waits.Aggregate(TimeSpan.Zero, (sum, wait) => sum + wait));
        }
    }

    private Lane Of(string lane) => _lanes.GetOrAdd(lane, _ => new Lane(options, time));

    private sealed class Lane(OrchestrationOptions options, TimeProvider time)
    {
        private readonly Lock _lock = new();
        private double _window = options.MinWindow;
        private double _service = double.PositiveInfinity;
        private long _lastResult = time.GetTimestamp();
        private bool _filled;
        private int _count;
        private TimeSpan _waits;

        public int MessageSize
        {
            get
            {
                lock (_lock)
                {
                    return PaceRule.MessageSize(_window, _service);
                }
            }
        }

        public int Window()
        {
            lock (_lock)
            {
                _window = PaceRule.AfterSilence(_window, _service, time.GetElapsedTime(_lastResult), options);
                return (int)_window;
            }
        }

        public void Filled()
        {
            lock (_lock)
            {
                _filled = true;
            }
        }

        public void Took(double seconds)
        {
            lock (_lock)
            {
                _service = double.IsInfinity(_service) ? seconds : (0.8 * _service) + (0.2 * seconds);
                _lastResult = time.GetTimestamp();
            }
        }

        public void Waited(int count, TimeSpan waits)
        {
            lock (_lock)
            {
                _lastResult = time.GetTimestamp();
                (_count, _waits) = (_count + count, _waits + waits);
                if (_count < _window / 2)
                {
                    return;
                }

                _window = PaceRule.AfterResults(_window, _waits / _count, _filled, options);
                (_count, _waits, _filled) = (0, TimeSpan.Zero, false);
            }
        }
    }
}

/// <summary>How long an item took.</summary>
/// <param name="InFlight">From its claim to its record.</param>
/// <param name="Worked">A worker had it in hand.</param>
/// <param name="SeenRunning">It was seen running before it ended.</param>
internal readonly record struct LaneTime(string Lane, TimeSpan InFlight, TimeSpan Worked, bool SeenRunning);
