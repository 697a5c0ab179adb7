using System.Net;
using System.Text.Json.Nodes;
using Testing;
using Testing.Studio;

namespace Benchmarks;

/// <summary>
/// 1,000 pictures by the fal adapter, with the sandbox at the other end and a tenth of all requests broken in six ways: every item ends, nothing is sent twice, and what is
/// charged is what the sandbox bills. Then what the adapter itself costs: the CPU of the workers above that of the same run on the no-op provider. And an enhancement that
/// is answered from the cache.
/// </summary>
internal static class SandboxRun
{
    private const int Prompts = 100;
    private const int Takes = 10;
    private const int Items = Prompts * Takes;
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(10);

    public static async Task MeasureAsync(Report report)
    {
        await using var both = new SandboxedStudio(
            address => new()
            {
                ["RateLimits__AddressPerMinute"] = "60000",
                ["RateLimits__AddressBurst"] = "10000",
                ["Providers__Order__0"] = "fal",
                ["Providers__Models__seedream-4.5"] = "no-op",
                ["Providers__Prompts"] = "anthropic",
                ["Fal__Key"] = "sandbox:key",
                ["Fal__QueueBaseUrl"] = address,
                ["Fal__RestBaseUrl"] = address,
                ["Fal__MediaHosts__0"] = address,
                ["Fal__WebhookUrl"] = "{gateway}/webhooks/fal",
                ["Anthropic__ApiKey"] = "sandbox-anthropic-key",
                ["Anthropic__BaseUrl"] = address,
            },
            concurrency: 8,
            draws: false);
        await both.StartAsync();
        var studio = both.Studio;
        var asset = (await studio.Client.UploadAsync(("photo.jpg", await TestPictures.PhotoAsync())))[0];

        await CachedPromptsAsync(report, studio);
        // Once for warming up, then to measure.
        await RunAsync(studio, asset, "seedream-4.5", 50);
        await RunAsync(studio, asset, "nano-banana", 50);
        var above = new List<double>();
        for (var round = 0; round < 3; round++)
        {
            var idle = await CpuAsync(studio, () => RunAsync(studio, asset, "seedream-4.5", 50));
            var clean = await CpuAsync(studio, () => RunAsync(studio, asset, "nano-banana", 50));
            above.Add((clean - idle) / (50 * Takes) * 1000);
        }

        report.AtMost("CPU of the worker for one picture of fal, above the no-op provider's", above, 5, "ms");

        var before = await both.BillAsync();
        foreach (var (fault, share) in new[] { ("rate_limit", 0.02m), ("ingress", 0.02m), ("policy", 0.02m), ("model_error", 0.02m), ("lost_answer", 0.01m), ("cut_file", 0.01m) })
        {
            await both.BreakAsync(fault, share);
        }

        var start = TimeProvider.System.GetTimestamp();
        var id = await RunAsync(studio, asset, "nano-banana", Prompts);
        await Eventually.HoldsAsync(
            async () => await studio.CountAsync("select count(*) from pipeline.items where pipeline_id = $1 and open", id) == 0
                && await studio.CountAsync("select count(*) from cost.holds where pipeline_id = $1", id) == 0,
            Long, TimeSpan.FromSeconds(1));
        report.Tell("1,000 pictures with faults", [TimeProvider.System.GetElapsedTime(start).TotalSeconds], "s");

        var bill = await both.BillAsync();
        report.Tell("of them made", [await studio.CountAsync("select count(*) from pipeline.items where pipeline_id = $1 and status = 'succeeded'", id)], "items");
        report.AtMost("neither made nor failed for a stated reason", [await studio.CountAsync("select count(*) from pipeline.items where pipeline_id = $1 and not (status = 'succeeded' or (status = 'failed' and error_code in ('content_refused', 'provider_down')))", id)], 0, "items");
        report.AtMost("sent twice", [bill["sent_twice"]!.GetValue<int>()], 0, "items");
        var charged = await studio.CountAsync("select (sum(amount) * 1000000)::bigint from cost.ledger where pipeline_id = $1 and not simulated", id) / 1_000_000m;
        var billed = Dollars(bill) - Dollars(before);
        report.Tell("charged", [(double)charged], "$");
        report.AtMost("between what was charged and what the sandbox bills", [(double)Math.Abs(charged - billed)], 0, "$");
    }

    private static decimal Dollars(JsonObject bill) => bill["providers"]!["fal"]!["dollars"]!.GetValue<decimal>();

    private static async Task CachedPromptsAsync(Report report, RunningStudio studio)
    {
        var question = new { prompts = new[] { "woman in a red dress" }, count = 5 };
        await studio.Client.PostAsync("/prompts/enhance", question, HttpStatusCode.OK);
        var samples = new List<double>();
        for (var round = 0; round < 50; round++)
        {
            var start = TimeProvider.System.GetTimestamp();
            await studio.Client.PostAsync("/prompts/enhance", question, HttpStatusCode.OK);
            samples.Add(TimeProvider.System.GetElapsedTime(start).TotalMilliseconds);
        }

        report.AtMost("a cached enhancement", samples, 50, "ms");
    }

    private static async Task<double> CpuAsync(RunningStudio studio, Func<Task<long>> run)
    {
        var workers = new[] { studio.Service(RunningStudio.ImageWorker).Id };
        var before = ProcessTrees.CpuSeconds(workers);
        await run();
        return ProcessTrees.CpuSeconds(workers) - before;
    }

    private static async Task<long> RunAsync(RunningStudio studio, long asset, string model, int prompts)
    {
        var id = (await studio.Client.PostAsync(
            "/pipelines",
            new
            {
                inputs = new { images = new[] { new { asset_id = asset } }, prompts = Enumerable.Range(1, prompts).Select(number => $"portrait {number} in the rain").ToArray() },
                steps = new object[] { new { step_type = "i2i", config = new { model, images_per_prompt = Takes } } },
            },
            HttpStatusCode.Created))["id"]!.GetValue<long>();
        await studio.Client.PostAsync($"/pipelines/{id}/run");
        await studio.Client.UntilAsync(id, Long, TimeSpan.FromSeconds(1), "completed", "failed");
        return id;
    }
}
