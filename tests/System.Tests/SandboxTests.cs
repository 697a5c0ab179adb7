using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Testing;
using Testing.Studio;

namespace System.Tests;

/// <summary>The whole system with the fal adapter, and the sandbox at the other end, with faults on.</summary>
public sealed class SandboxTests : IAsyncLifetime
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(4);
    private readonly Testing.Studio.ServiceProcess _sandbox;
    private readonly RunningStudio _studio;
    private readonly HttpClient _admin;
    private readonly string _folder = Directory.CreateTempSubdirectory("sandbox-").FullName;

    public SandboxTests()
    {
        var address = $"http://127.0.0.1:{FreePort()}";
        _sandbox = new Testing.Studio.ServiceProcess("Sandbox", new Dictionary<string, string>
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Development",
            ["ASPNETCORE_URLS"] = address,
            ["Media__Root"] = _folder,
            ["Sandbox__ImageTime"] = "00:00:00.050",
            ["Sandbox__VideoTime"] = "00:00:00.050",
            ["Sandbox__Concurrency"] = "6",
        });
        _studio = new RunningStudio(new Dictionary<string, string>
        {
            ["Providers__Default"] = "fal",
            ["Providers__Prompts"] = "local",
            ["Fal__Key"] = "sandbox:key",
            ["Fal__QueueBaseUrl"] = address,
            ["Fal__RestBaseUrl"] = address,
            ["Fal__MediaHosts__0"] = address,
            ["Fal__CallTimeout"] = "00:00:03",
        });
        _admin = new HttpClient { BaseAddress = new Uri(address) };
    }

    public async Task InitializeAsync()
    {
        _sandbox.Start();
        await _studio.StartAsync();
    }

    public async Task DisposeAsync()
    {
        await _studio.DisposeAsync();
        _sandbox.Dispose();
        _admin.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_run_with_faults_ends_with_every_item_made_or_failed_for_a_stated_reason_and_nothing_is_sent_twice()
    {
        foreach (var (fault, share) in new[] { ("rate_limit", "0.15"), ("ingress", "0.1"), ("policy", "0.15"), ("model_error", "0.1"), ("lost_answer", "0.08"), ("cut_file", "0.1") })
        {
            (await _admin.PutAsync($"/sandbox/faults/{fault}?share={share}", null)).EnsureSuccessStatusCode();
        }

        var asset = (await _studio.Client.UploadAsync(("photo.jpg", await TestPictures.PhotoAsync())))[0];
        var id = (await _studio.Client.PostAsync("/pipelines", Body(asset), HttpStatusCode.Created))["id"]!.GetValue<long>();
        await _studio.Client.PostAsync($"/pipelines/{id}/run");
        var done = await _studio.Client.UntilAsync(id, Long, "completed", "failed");

        var bill = (await _admin.GetFromJsonAsync<JsonObject>("/sandbox/bill"))!;
        Assert.Equal(0, bill["sent_twice"]!.GetValue<int>());
        Assert.Equal(0, await _studio.CountAsync("select count(*) from pipeline.items where pipeline_id = $1 and status not in ('succeeded', 'failed', 'cancelled')", id));
        Assert.Equal(0, await _studio.CountAsync("select count(*) from pipeline.items where pipeline_id = $1 and status = 'failed' and error_code not in ('content_refused', 'outcome_unknown', 'provider_down')", id));
        Assert.True(await _studio.CountAsync("select count(*) from pipeline.items where pipeline_id = $1 and error_code = 'content_refused'", id) > 0, done.ToJsonString());

        // One upload a picture that is asked about: the photo, and each image that a clip is made of.
        var images = await _studio.CountAsync("select count(*) from pipeline.items where pipeline_id = $1 and lane = 'image' and status = 'succeeded'", id);
        Assert.Equal(images + 1, bill["uploads"]!.GetValue<int>());

        // What was paid for is what the other side counted: an unknown outcome may be on its bill and not on ours.
        var unknown = await _studio.CountAsync("select count(*) from pipeline.items where pipeline_id = $1 and error_code = 'outcome_unknown'", id);
        await Eventually.HoldsAsync(async () => await PaidAsync(id, "i2i") == images);
        var billed = bill["units"]!["kling-image"]!.GetValue<decimal>() + (bill["units"]!["wan"]!.GetValue<decimal>() / 5);
        Assert.InRange(billed - await PaidAsync(id, "i2i") - await PaidAsync(id, "i2v"), 0, unknown);
        Assert.Equal(0, await _studio.CountAsync("select count(*) from worker.provider_jobs where provider = 'fal' and result is null"));
        Assert.DoesNotContain("sandbox:key", string.Concat(_studio.Services.Select(service => service.Output)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_the_accounts_fault_pauses_the_run_and_it_goes_on_when_that_is_mended()
    {
        (await _admin.PutAsync("/sandbox/faults/balance?share=1", null)).EnsureSuccessStatusCode();
        var asset = (await _studio.Client.UploadAsync(("photo.jpg", await TestPictures.PhotoAsync(hue: 40))))[0];
        var id = (await _studio.Client.PostAsync("/pipelines", Body(asset, variations: 1, perPrompt: 1), HttpStatusCode.Created))["id"]!.GetValue<long>();
        await _studio.Client.PostAsync($"/pipelines/{id}/run");

        var paused = await _studio.Client.UntilAsync(id, Long, "paused", "failed", "completed");
        Assert.Equal(("paused", "account"), (paused["status"]!.GetValue<string>(), paused["status_reason"]!.GetValue<string>()));

        (await _admin.PutAsync("/sandbox/faults/balance?share=0", null)).EnsureSuccessStatusCode();
        await _studio.Client.PostAsync($"/pipelines/{id}/retry", new { });
        await _studio.Client.PostAsync($"/pipelines/{id}/run");
        Assert.Equal(3, (await _studio.Client.UntilAsync(id, Long, "completed", "failed"))["progress"]!["succeeded"]!.GetValue<int>());
    }

    private Task<long> PaidAsync(long id, string step) =>
        _studio.CountAsync("select count(*) from cost.ledger where pipeline_id = $1 and step_type = $2 and amount > 0 and not simulated", id, step);

    private static object Body(long asset, int variations = 3, int perPrompt = 3) => new
    {
        inputs = new { images = new[] { new { asset_id = asset } }, prompts = new[] { "woman in red dress" } },
        steps = new object[]
        {
            new { step_type = "prompt_enhance", config = new { variations_per_prompt = variations } },
            new { step_type = "i2i", config = new { model = "kling-image", images_per_prompt = perPrompt, aspect_ratio = "9:16" } },
            new { step_type = "i2v", config = new { model = "wan", videos_per_image = 1, resolution = "480p", duration_sec = 5 } },
        },
    };

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
