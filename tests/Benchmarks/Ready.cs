using System.Diagnostics;
using Testing.Studio;

namespace Benchmarks;

/// <summary>How soon <c>./run dev</c> is ready from a built tree.</summary>
internal static class Ready
{
    private const int Rounds = 3;

    public static async Task MeasureAsync(Report report)
    {
        await RunAsync("down");
        var seconds = new List<double>();
        for (var round = -1; round < Rounds; round++)
        {
            var start = Stopwatch.GetTimestamp();
            await RunAsync("dev", "--detach", "--port", "18099");
            if (round >= 0)
            {
                seconds.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
            }

            await RunAsync("down");
        }

        report.AtMost("./run dev ready from a built tree", seconds, 30, "s");
    }

    private static async Task RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(Repository.Root, "run")) { WorkingDirectory = Repository.Root, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"./run {string.Join(' ', arguments)} failed.\n{await output}\n{await errors}");
        }
    }
}
