using System.Net;
using System.Net.Sockets;
using Testing;
using Testing.Studio;

namespace System.Tests;

/// <summary>One trace from the HTTP call through the broker to the workers and back.</summary>
public sealed class TelemetryTests
{
    [Fact]
    public async Task One_trace_leads_from_the_call_through_broker_and_workers_back_to_the_ledger()
    {
        var port = FreePort();
        using var collector = new OtlpCollector(port);
        await using var studio = new RunningStudio(new Dictionary<string, string>
        {
            ["Providers__Default"] = "no-op",
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = $"http://127.0.0.1:{port}",
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            ["OTEL_BSP_SCHEDULE_DELAY"] = "200",
            ["OTEL_METRIC_EXPORT_INTERVAL"] = "500",
            ["OTEL_BLRP_SCHEDULE_DELAY"] = "200",
        });
        await studio.StartAsync();
        var asset = (await studio.Client.UploadAsync(("photo.jpg", await TestPictures.PhotoAsync(320, 320))))[0];
        var body = new
        {
            inputs = new { images = new[] { new { asset_id = asset } }, prompts = new[] { "one" } },
            steps = new object[]
            {
                new { step_type = "prompt_enhance", config = new { variations_per_prompt = 2 } },
                new { step_type = "i2i", config = new { model = "kling-image" } },
                new { step_type = "i2v", config = new { model = "wan" } },
            },
        };
        var id = (await studio.Client.PostAsync("/pipelines", body, HttpStatusCode.Created))["id"]!.GetValue<long>();
        await studio.Client.PostAsync($"/pipelines/{id}/run");
        await studio.Client.UntilAsync(id, TimeSpan.FromMinutes(2), "completed");

        // Each service sends its spans when it likes, so the trace is whole only after a while.
        string[] services = ["costservice", "enhancerservice", "gateway", "imageworker", "pipelineservice", "videoworker"];
        await Eventually.GetAsync(
            () => Task.FromResult(TraceOfRun(collector)),
            spans => services.All(service => spans.Any(span => span.Service == service))
                && spans.Any(span => span is { Service: "imageworker", Name: "generate image" })
                && spans.Any(span => span is { Service: "videoworker", Name: "generate video" })
                && spans.Any(span => span is { Service: "pipelineservice", Scope: "MassTransit" } && span.Name.Contains("items-finished", StringComparison.Ordinal)));
        await Eventually.HoldsAsync(() => Task.FromResult(collector.Paths.ContainsKey("/v1/metrics") && collector.Paths.ContainsKey("/v1/logs")));
    }

    private static List<CollectedSpan> TraceOfRun(OtlpCollector collector)
    {
        var spans = collector.Spans.ToList();
        var trace = spans.FirstOrDefault(span => span is { Service: "imageworker", Name: "generate image" })?.TraceId;
        return [.. spans.Where(span => span.TraceId == trace)];
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
