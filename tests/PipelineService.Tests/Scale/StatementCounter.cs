using System.Diagnostics;

namespace PipelineService.Tests.Scale;

/// <summary>Counts the statements that a piece of work sends to the database; what background work sends meanwhile is not counted.</summary>
internal sealed class StatementCounter : IDisposable
{
    private static readonly AsyncLocal<StatementCounter?> Current = new();
    private readonly ActivityListener _listener;
    private int _count;

    private StatementCounter()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Npgsql",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStarted = _ =>
            {
                if (Current.Value is { } counter)
                {
                    Interlocked.Increment(ref counter._count);
                }
            },
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public static async Task<int> CountAsync(Func<Task> work)
    {
        using var counter = new StatementCounter();
        Current.Value = counter;
        try
        {
            await work();
            return counter._count;
        }
        finally
        {
            Current.Value = null;
        }
    }

    public void Dispose() => _listener.Dispose();
}
