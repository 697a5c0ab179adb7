using System.Diagnostics;
using System.Text;

namespace Media.Tools;

/// <summary>Runs a child process within limits, with a clean environment, and never leaves it behind.</summary>
public sealed class ProcessRunner(TimeProvider time)
{
    private const int MaxOutputChars = 64 * 1024;
    private const int MaxErrorChars = 4 * 1024;

    private static readonly string[] Folders = (Environment.GetEnvironmentVariable("PATH") ?? "/usr/local/bin:/usr/bin:/bin").Split(Path.PathSeparator);
    private static readonly string? Prlimit = FindOnPath("prlimit");
    private static readonly string? Nice = FindOnPath("nice");

    /// <param name="workingDirectory">Where relative names in the arguments are looked up; null for the current one.</param>
    /// <exception cref="OperationCanceledException">Cancelled by the caller; the process tree is dead by then.</exception>
    public async Task<ToolResult> RunAsync(
        string program, IReadOnlyList<string> arguments, ToolLimits limits, string? workingDirectory, CancellationToken cancellationToken)
    {
        using var process = new Process { StartInfo = StartInfo(program, arguments, limits, workingDirectory) };
        using var timeout = new CancellationTokenSource(limits.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        process.Start();
        process.StandardInput.Close();
        var output = ReadAsync(process.StandardOutput, MaxOutputChars);
        var error = ReadAsync(process.StandardError, MaxErrorChars);
        try
        {
            await process.WaitForExitAsync(either.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
            cancellationToken.ThrowIfCancellationRequested();
        }

        return new ToolResult(process.ExitCode, timeout.IsCancellationRequested && process.ExitCode != 0, await output, await error);
    }

    private static ProcessStartInfo StartInfo(string program, IReadOnlyList<string> arguments, ToolLimits limits, string? workingDirectory)
    {
        List<string> command = [];
        if (Nice is not null)
        {
            // the services answer people; media work takes what they leave
            command.AddRange([Nice, "-n", "5"]);
        }

        if (Prlimit is not null)
        {
            var cpuSeconds = Math.Max(1, (long)Math.Ceiling(limits.Timeout.TotalSeconds) * Environment.ProcessorCount);
            command.AddRange([
                Prlimit, $"--cpu={cpuSeconds}", $"--as={limits.MemoryMegabytes * 1_000_000L}",
                $"--fsize={limits.OutputMegabytes * 1_000_000L}", "--nofile=128", "--core=0",
            ]);
        }

        command.Add(program);
        command.AddRange(arguments);
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = workingDirectory ?? "",
        };
        // keys and connection strings in our environment are none of a decoder's business
        start.Environment.Clear();
        start.Environment["PATH"] = string.Join(Path.PathSeparator, Folders);
        start.Environment["HOME"] = Path.GetTempPath();
        start.Environment["LC_ALL"] = "C.UTF-8";
        return start;
    }

    private static async Task<string> ReadAsync(StreamReader reader, int maxChars)
    {
        var kept = new StringBuilder();
        var buffer = new char[4096];
        int read;
        while ((read = await reader.ReadAsync(buffer.AsMemory())) > 0)
        {
            kept.Append(buffer, 0, Math.Min(read, maxChars - kept.Length));
        }

        return kept.ToString();
    }

    private static string? FindOnPath(string program) =>
        Folders.Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
}
