using System.Diagnostics;
using System.Text;

namespace Testing.Studio;

/// <summary>One service as a process of its own, as it runs in production; can be killed and started again.</summary>
public sealed class ServiceProcess(string project, IReadOnlyDictionary<string, string> environment) : IDisposable
{
    private readonly Dictionary<string, string> _environment = new(environment);
    private readonly StringBuilder _output = new();
    private Process? _process;

    public string Project => project;

    public int Id => _process!.Id;

    public bool Running => _process is { HasExited: false };

    /// <summary>A variable of its next life.</summary>
    public void Set(string name, string value) => _environment[name] = value;

    /// <summary>Where it listens.</summary>
    public Uri Address => new(_environment["ASPNETCORE_URLS"]);

    /// <summary>Everything it wrote, over all its lives.</summary>
    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    public void Start()
    {
        var folder = Path.Combine(Repository.Root, "src", project, "bin", Repository.Configuration, "net10.0");
        var start = new ProcessStartInfo("dotnet", Path.Combine(folder, project + ".dll"))
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in _environment)
        {
            start.Environment[name] = value;
        }

        var process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        _process = process;
    }

    /// <summary>kill -9.</summary>
    public async Task KillAsync()
    {
        _process!.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
    }

    /// <summary>SIGTERM, and waits until it has ended by itself.</summary>
    public async Task StopAsync()
    {
        using (var kill = Process.Start("kill", ["-TERM", $"{_process!.Id}"]))
        {
            await kill.WaitForExitAsync();
        }

        await _process.WaitForExitAsync();
    }

    public void Dispose()
    {
        if (_process is { HasExited: false })
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
        }

        _process?.Dispose();
    }

    private void Keep(string? line)
    {
        if (line is not null)
        {
            lock (_output)
            {
                _output.AppendLine(line);
            }
        }
    }
}
