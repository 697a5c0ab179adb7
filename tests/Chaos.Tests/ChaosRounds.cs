using System.Globalization;
using Xunit.Abstractions;

namespace Chaos.Tests;

/// <summary>
/// Whatever dies, in whatever order, a run of about 1,000 items (240 in the round of every day) ends by itself with every item done, stored, charged and told of once. One small round
/// with a fixed seed; <c>CHAOS_ROUNDS=50</c> takes the seeds from 1 to 50, <c>CHAOS_SEED=7,12</c> these.
/// </summary>
[Collection(ChaosCollection.Name)]
public sealed class ChaosRounds(ChaosStudio chaos, ITestOutputHelper output)
{
    private static readonly int[] Few = [1];

    // The suite breaks runs of 1,000; the round of every day is a smaller one.
    private static int Items => Variable("CHAOS_SEED") is null && Variable("CHAOS_ROUNDS") is null ? 240 : 1000;

    public static TheoryData<int> Seeds()
    {
        if (Variable("CHAOS_SEED") is { } named)
        {
            return [.. named.Split(',').Select(seed => int.Parse(seed, CultureInfo.InvariantCulture))];
        }

        return Variable("CHAOS_ROUNDS") is { } rounds
            ? [.. Enumerable.Range(1, int.Parse(rounds, CultureInfo.InvariantCulture))]
            : [.. Few];
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Every_item_ends_once_and_is_stored_and_charged_once(int seed)
    {
        var plan = ChaosPlan.From(seed);
        Say(plan.ToString());
        var start = TimeProvider.System.GetTimestamp();
        await chaos.UseProvidersAsync(plan);
        await chaos.Studio.Client.ReadyAsync();
        var run = new ChaosRun(chaos.Studio, plan, Items);
        var faults = new FaultInjector(chaos.Studio, chaos.Broker);
        await run.StartAsync(chaos.Picture);
        try
        {
            await faults.RunAsync(plan, run.ShareAsync);
            await faults.SettledAsync();
            var passed = TimeProvider.System.GetElapsedTime(start);
            await run.FinishAsync();
            var finished = TimeProvider.System.GetElapsedTime(start);
            await chaos.Studio.Client.ReadyAsync();
            var broken = await new Invariants(chaos.Studio, chaos.Broker, plan, run).FindAsync();
            Assert.True(broken.Count == 0, string.Join('\n', broken));
            Say($"seed {seed}: all well after {TimeProvider.System.GetElapsedTime(start).TotalSeconds:0.0} s (faults over after {passed.TotalSeconds:0.0} s, ended after {finished.TotalSeconds:0.0} s), {run.Unknown} unknown outcomes tried again");
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            throw new InvalidOperationException($"Pipeline {run.Id}, CHAOS_SEED={seed}\n{plan}\nwhat happened:\n  {string.Join("\n  ", faults.Notes)}\n{exception.Message}\n{Services()}", exception);
        }
    }

    private void Say(string text)
    {
        output.WriteLine(text);
        // Also while a long suite is still running.
        Console.WriteLine(text);
    }

    private string Services() => string.Join('\n', chaos.Studio.Services.Select(service => $"== {service.Project}{(service.Running ? "" : " (down)")}\n{Last(service.Output)}"));

    private static string Last(string text) => text.Length > 3000 ? text[^3000..] : text;

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
