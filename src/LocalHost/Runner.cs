using System.Diagnostics;

namespace LocalHosting;

internal enum RunnerState
{
    Waiting,
    Starting,
    Ready,
    Unready,
    Restarting,
    Stopped,
}

/// <summary>Keeps one process alive: starts it, looks whether it is ready, starts it again when it ends, stops it in order.</summary>
internal sealed class Runner(ProcessSpec spec, StateFolder state, StatusFile status)
{
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Later = TimeSpan.FromMilliseconds(1500);
    private static readonly string[] SecretEndings = ["_KEY", "_TOKEN", "_SECRET", "_PASSWORD"];

    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ProcessSpec Spec => spec;

    public RunnerState State { get; private set; }

    public int? Pid { get; private set; }

    public int Restarts { get; private set; }

    /// <summary>Done when the process was ready for the first time.</summary>
    public Task Ready => _ready.Task;

    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var started = TimeProvider.System.GetTimestamp();
            try
            {
                Enter(RunnerState.Starting);
                spec.Prepare?.Invoke();
                await RunOnceAsync(stop);
            }
            catch (Exception exception) when (exception is System.ComponentModel.Win32Exception or IOException or HostingException)
            {
                status.Line(spec, exception.Message);
            }

            if (!stop.IsCancellationRequested)
            {
                Restarts++;
                Enter(RunnerState.Restarting);
                var livedLong = TimeProvider.System.GetElapsedTime(started) > TimeSpan.FromSeconds(5);
                await Task.Delay(livedLong ? Soon : Later, TimeProvider.System, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        Enter(RunnerState.Stopped);
    }

    private async Task RunOnceAsync(CancellationToken stop)
    {
        // setsid: a group of its own, so that Ctrl-C reaches this program alone and the whole group can be ended.
        var start = new ProcessStartInfo("setsid", [spec.Program, .. spec.Arguments])
        {
            WorkingDirectory = spec.Folder, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        // A service has the secrets that the app host gives it, and no others that happen to be around.
        foreach (var secret in start.Environment.Keys.Where(name => SecretEndings.Any(ending => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase))).ToList())
        {
            start.Environment.Remove(secret);
        }

        foreach (var (name, value) in spec.Variables)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        Pid = process.Id;
        state.Processes.Add(spec.Name, process.Id, spec.StopSignal);
        _ = PumpAsync(process.StandardOutput);
        _ = PumpAsync(process.StandardError);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var watching = WatchAsync(ended.Token);
        try
        {
            await process.WaitForExitAsync(stop);
            status.Line(spec, $"ended with exit code {process.ExitCode}");
        }
        catch (OperationCanceledException)
        {
            _ = Posix.Signal(process.Id, spec.StopSignal);
            await process.WaitForExitAsync(CancellationToken.None).WaitAsync(StopLimit, TimeProvider.System, CancellationToken.None)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        _ = Posix.Signal(-process.Id, Posix.SigKill);
        await process.WaitForExitAsync(CancellationToken.None);
        await ended.CancelAsync();
        await watching;
        state.Processes.Remove(process.Id);
        Pid = null;
    }

    private async Task WatchAsync(CancellationToken ended)
    {
        while (!ended.IsCancellationRequested)
        {
            var ready = await spec.IsReady(ended);
            if (ready && !ended.IsCancellationRequested)
            {
                Enter(RunnerState.Ready);
                _ready.TrySetResult();
            }
            else if (State == RunnerState.Ready && !ended.IsCancellationRequested)
            {
                Enter(RunnerState.Unready);
            }

            await Task.Delay(State == RunnerState.Ready ? TimeSpan.FromSeconds(5) : TimeSpan.FromMilliseconds(150), TimeProvider.System, ended)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task PumpAsync(StreamReader lines)
    {
        while (await lines.ReadLineAsync() is { } line)
        {
            status.Line(spec, line);
        }
    }

    private void Enter(RunnerState next)
    {
        if (State != next)
        {
            State = next;
            status.Changed(this);
        }
    }
}
