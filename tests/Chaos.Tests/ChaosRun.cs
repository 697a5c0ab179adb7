using System.Net;
using Npgsql;
using Testing;
using Testing.Studio;

namespace Chaos.Tests;

/// <summary>One run of about 1,000 items, driven to its end whatever happens meanwhile.</summary>
public sealed class ChaosRun(RunningStudio studio, ChaosPlan plan)
{
    private const int Images = 10;
    private const int Prompts = 50;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);
    private static readonly string[] Ended = ["completed", "failed", "cancelled"];

    // Each of these is ten images and, where they succeed, ten videos.
    private static readonly string[] Markers = ["[fail-once:provider_down]", "[fail:content_refused]", "[slow:200]", "[lost-once:silence]", "[lost-once:break]"];

    public long Id { get; private set; }

    /// <summary>Image and video items, and prompt items where there are any; those of refused prompts never become videos.</summary>
    public int Expected => plan.Enhance ? (Prompts / 2) + (2 * Images * Prompts) : 2 * Images * Prompts;

    /// <summary>Items that were reported as of unknown outcome, and then tried again.</summary>
    public int Unknown { get; private set; }

    public async Task StartAsync(long picture)
    {
        // Markers act once for a prompt; another round's must be another prompt, also when it has the same seed.
        var round = $"{plan.Seed}-{Guid.NewGuid():N}"[..16];
        var count = plan.Enhance ? Prompts / 2 : Prompts;
        var prompts = Enumerable.Range(0, count).Select(n => $"round {round} prompt {n} {(n < Markers.Length ? Markers[n] : "")}");
        var steps = new List<object>
        {
            new { step_type = "i2i", config = new { model = "kling-image" } },
            new { step_type = "i2v", config = new { model = "wan" } },
        };
        if (plan.Enhance)
        {
            steps.Insert(0, new { step_type = "prompt_enhance", config = new { variations_per_prompt = 2 } });
        }

        // The same picture twice is two inputs.
        var images = Enumerable.Repeat(new { asset_id = picture }, plan.Enhance ? 1 : Images);
        steps[^2] = new { step_type = "i2i", config = new { model = "kling-image", images_per_prompt = plan.Enhance ? Images : 1 } };
        var body = new { inputs = new { images, prompts }, steps };
        Id = await PatientlyAsync(async () => (await studio.Client.PostAsync("/pipelines", body, HttpStatusCode.Created))["id"]!.GetValue<long>());
        await AcceptedAsync($"/pipelines/{Id}/run");
    }

    /// <summary>The share of expected items that have ended; null while the database cannot say.</summary>
    public async Task<double?> ShareAsync()
    {
        try
        {
            return (double)await studio.CountAsync("select count(*) from pipeline.items where pipeline_id = $1 and status in ('succeeded', 'failed', 'cancelled')", Id) / Expected;
        }
        catch (NpgsqlException)
        {
            return null;
        }
    }

    /// <summary>Waits for the end; what ended as of unknown outcome is tried again, until nothing is unknown.</summary>
    public async Task FinishAsync()
    {
        while (true)
        {
            await studio.Client.UntilAsync(Id, Limit, Look, Ended);
            var unknown = (int)await studio.CountAsync("select count(*) from pipeline.items where pipeline_id = $1 and status = 'failed' and error_code = 'outcome_unknown'", Id);
            if (unknown == 0)
            {
                return;
            }

            // A call that still runs may bring what its taker has given up: a success that turns up now settles what was unknown.
            await Eventually.HoldsAsync(
                async () => await studio.CountAsync(
                    """
                    select count(*) from worker.provider_jobs where pipeline_id = $1
                        and (state in ('submitting', 'submitted') or (state = 'unknown' and finished_at > now() - interval '3 seconds'))
                    """,
                    Id) == 0,
                Limit,
                Look);
            unknown = (int)await studio.CountAsync("select count(*) from pipeline.items where pipeline_id = $1 and status = 'failed' and error_code = 'outcome_unknown'", Id);
            Unknown += unknown;
            await AcceptedAsync($"/pipelines/{Id}/retry");
        }
    }

    /// <summary>Asks again while a service is away, as a client would that heeds a 503.</summary>
    public static async Task<T> PatientlyAsync<T>(Func<Task<T>> ask)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                return await ask();
            }
            catch (Exception exception) when ((exception is HttpRequestException or TaskCanceledException || exception.Message.StartsWith("503", StringComparison.Ordinal))
                && TimeProvider.System.GetElapsedTime(start) < Limit)
            {
                Console.WriteLine($"asking again: {exception.Message}");
                await Task.Delay(Look, TimeProvider.System);
            }
        }
    }

    private async Task AcceptedAsync(string path) => await PatientlyAsync(() => studio.Client.PostAsync(path));
}
