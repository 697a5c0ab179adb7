using MassTransit;

namespace ServiceDefaults.MassTransitEf;

/// <summary>Work that follows the commit of a saga's transaction.</summary>
public sealed class SagaCommit
{
    private readonly List<Func<Task>> _after = [];

    /// <summary>Runs <paramref name="work"/> once the transaction around this message has committed; not at all when it has not.</summary>
    public static void After(PipeContext context, Func<Task> work)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.GetOrAddPayload(() => new SagaCommit())._after.Add(work);
    }

    internal async Task RunAsync()
    {
        foreach (var work in _after)
        {
            await work();
        }
    }
}
