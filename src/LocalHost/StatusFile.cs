using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;

namespace LocalHosting;

internal sealed record StatusRow(string Name, string State, int? Pid, int Restarts, string? Address);

internal sealed record Status(string? Address, bool Ready, int Pid, IReadOnlyList<StatusRow> Processes);

/// <summary>
/// What is going on, for people and programs: <c>status.json</c>, a log file for each process, and the console: prefixed lines, and
/// below them a live table when it is a terminal.
/// </summary>
internal sealed class StatusFile : IDisposable
{
    private readonly StateFolder _state;
    private readonly bool _terminal = !Console.IsOutputRedirected;
    private readonly ConcurrentDictionary<string, StreamWriter> _files = [];
    private readonly StringBuilder _pending = new();
    private readonly Lock _gate = new();
    private readonly ITimer _timer;
    private IReadOnlyList<Runner> _runners = [];
    private string? _address;
    private bool _dirty;
    private int _tableLines;

    public StatusFile(StateFolder state)
    {
        _state = state;
        _timer = TimeProvider.System.CreateTimer(_ => Flush(), null, TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(100));
    }

    private static string PathIn(StateFolder state) => Path.Combine(state.Root, "status.json");

    public static int Print(StateFolder state)
    {
        if (state.Processes.OtherHost is null || !File.Exists(PathIn(state)))
        {
            Console.WriteLine("Pipeline is not running.");
            return 3;
        }

        var status = JsonSerializer.Deserialize<Status>(File.ReadAllText(PathIn(state)), Json.Indented)!;
        Console.Write(Table(status));
        return status.Ready ? 0 : 1;
    }

    public void Show(IReadOnlyList<Runner> runners, string? address)
    {
        lock (_gate)
        {
            (_runners, _address, _dirty) = (runners, address, true);
        }
    }

    public void Line(ProcessSpec spec, string line)
    {
        var file = _files.GetOrAdd(spec.Name, OpenLog);
        lock (file)
        {
            file.WriteLine($"{TimeProvider.System.GetUtcNow():yyyy-MM-dd'T'HH:mm:ss.fff'Z'} {line}");
        }

        if (!spec.Quiet)
        {
            Append($"{spec.Name,-16} | {line}");
        }
    }

    public void Say(string text) => Append(text);

    public void Changed(Runner runner)
    {
        // The table shows it to a person; without one it is said in a line.
        if (!_terminal)
        {
            Append($"{runner.Spec.Name,-16} * {Word(runner.State)}");
        }

        lock (_gate)
        {
            _dirty = true;
        }
    }

    public void Dispose()
    {
        _timer.Dispose();
        Flush();
        foreach (var file in _files.Values)
        {
            file.Dispose();
        }
    }

    private static string Word(RunnerState state) => state.ToString().ToLowerInvariant();

    private static string Table(Status status)
    {
        var table = new StringBuilder();
        foreach (var row in status.Processes)
        {
            table.AppendLine($"  {row.Name,-18} {row.State,-11} {row.Pid,7} {(row.Restarts > 0 ? $"restarts {row.Restarts}" : ""),-12} {row.Address}");
        }

        var stopped = status.Processes.All(row => row.State == "stopped");
        return table.AppendLine(stopped ? "  Stopped." : status.Ready ? $"  Ready. {status.Address}" : "  Not ready yet.").ToString();
    }

    /// <summary>The log of the run before is kept beside it.</summary>
    private StreamWriter OpenLog(string name)
    {
        var path = Path.Combine(_state.Logs, $"{name}.log");
        if (File.Exists(path))
        {
            File.Move(path, path + ".1", overwrite: true);
        }

        return new StreamWriter(path) { AutoFlush = true };
    }

    private void Append(string line)
    {
        lock (_gate)
        {
            _pending.AppendLine(line);
        }
    }

    private void Flush()
    {
        lock (_gate)
        {
            if (!_dirty && _pending.Length == 0)
            {
                return;
            }

            var ready = _runners.Count > 0 && _runners.All(runner => runner.State == RunnerState.Ready);
            var status = new Status(_address, ready, Environment.ProcessId,
                [.. _runners.Select(runner => new StatusRow(runner.Spec.Name, Word(runner.State), runner.Pid, runner.Restarts, runner.Spec.Address))]);
            if (_dirty)
            {
                StateFolder.WriteAtomically(PathIn(_state), JsonSerializer.Serialize(status, Json.Indented));
            }

            var screen = new StringBuilder();
            if (_terminal && _tableLines > 0)
            {
                screen.Append($"\e[{_tableLines}A\e[J");
            }

            screen.Append(_pending);
            if (_terminal)
            {
                // A line that wraps would throw the count of lines to go up.
                var width = Math.Max(20, Console.WindowWidth - 1);
                var table = Table(status).Split('\n').Select(line => line.Length > width ? line[..width] : line).ToList();
                _tableLines = table.Count - 1;
                screen.AppendJoin('\n', table);
            }

            Console.Out.Write(screen);
            Console.Out.Flush();
            _pending.Clear();
            _dirty = false;
        }
    }
}
