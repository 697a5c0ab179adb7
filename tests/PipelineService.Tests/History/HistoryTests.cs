using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using PipelineService.Tests.Pipelines;

namespace PipelineService.Tests.History;

/// <summary>The list of what was run: orders, counts, the sheet, and what happened.</summary>
[Collection(PipelinesCollection.Name)]
public sealed class HistoryTests(PipelinesHost host)
{
    private readonly TenantClient _tenant = host.NewTenant();

    [Theory]
    [InlineData("newest", "c b a")]
    [InlineData("oldest", "a b c")]
    [InlineData("name", "a b c")]
    [InlineData("cost", "b c a")]
    [InlineData("duration", "c a b")]
    public async Task The_list_comes_in_an_order_and_its_pages_join(string sort, string expected)
    {
        await SomeAsync();
        var names = new List<string>();
        string? cursor = null;
        do
        {
            var page = await _tenant.GetAsync($"/pipelines?limit=1&sort={sort}{(cursor is null ? "" : "&cursor=" + Uri.EscapeDataString(cursor))}");
            names.AddRange(page["data"]!.AsArray().Select(row => row!.Text("name")));
            cursor = page["next_cursor"]?.GetValue<string>();
        }
        while (cursor is not null);

        Assert.Equal(expected, string.Join(' ', names));
    }

    [Fact]
    public async Task Wrong_orders_and_cursors_of_other_orders_are_told()
    {
        Assert.Equal(["/sort"], (await _tenant.GetAsync("/pipelines?sort=random", HttpStatusCode.UnprocessableEntity)).Faults());
        Assert.Equal(["/cursor"], (await _tenant.GetAsync("/pipelines?sort=cost&cursor=7", HttpStatusCode.UnprocessableEntity)).Faults());
        Assert.Equal(["/format"], (await _tenant.GetAsync("/pipelines/export?format=pdf", HttpStatusCode.UnprocessableEntity)).Faults());
    }

    [Fact]
    public async Task Filters_have_counts_of_what_the_rest_of_the_filter_finds()
    {
        await SomeAsync();

        var facets = await _tenant.GetAsync("/pipelines/facets?status=completed&tag=launch");

        Assert.Equal(1, facets.Number("total"));
        Assert.Equal(["pending 1", "completed 1"], Counts(facets["statuses"]!));
        Assert.Equal(["launch 1"], Counts(facets["tags"]!));
    }

    [Fact]
    public async Task The_list_is_a_sheet_without_formulas()
    {
        await SomeAsync();
        await host.WithDatabaseAsync(db => db.Pipelines.Where(row => row.TenantId == _tenant.TenantId && row.Name == "a").ExecuteUpdateAsync(set => set.SetProperty(row => row.Name, "=1+1")));

        var answer = await _tenant.Http.GetAsync("/pipelines/export?format=csv");
        var lines = (await answer.Content.ReadAsStringAsync()).TrimStart('\uFEFF').Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal("text/csv", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal(4, lines.Length);
        Assert.StartsWith("id,name,status", lines[0], StringComparison.Ordinal);
        Assert.Contains(",'=1+1,pending,", lines[3], StringComparison.Ordinal);
        Assert.Single((await host.NewTenant().Http.GetStringAsync("/pipelines/export")).Split("\r\n", StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task A_run_tells_what_happened_in_it()
    {
        var id = await _tenant.StartAsync(images => Requests.Small(images, "checkpoint", ["i2i"]), images: 1);
        await _tenant.DoAsync(id, "prompt_enhance");
        await _tenant.DoAsync(id, "i2i", item => item.Ordinal == 0);
        await _tenant.UntilAsync(id, "paused", "review");

        var entries = (await _tenant.GetAsync($"/pipelines/{id}/timeline"))["data"]!.AsArray();

        Assert.Equal(["created", "status"], entries.Take(2).Select(entry => entry!.Text("what")));
        Assert.Contains(entries, entry => entry!.Text("what") == "failures" && entry!.Number("items") == 1 && entry!.Text("step_type") == "i2i");
        Assert.Equal("paused", entries.Last(entry => entry!.Text("what") == "status")!.Text("status"));
        await host.NewTenant().GetAsync($"/pipelines/{id}/timeline", HttpStatusCode.NotFound);
        var summary = (await _tenant.GetAsync("/pipelines"))["data"]![0]!;
        Assert.Equal((true, null), (summary["simulated"]!.GetValue<bool>(), summary["duration_sec"]));
        Assert.Equal(0.8333m, summary.Amount("success_rate"));
    }

    [Fact]
    public async Task What_is_simulated_is_made_by_the_demo_renderer_and_stays_so_in_a_copy()
    {
        var id = await _tenant.CreateAsync(images => new
        {
            simulate = true, inputs = new { images = images.Select(image => new { asset_id = image }), prompts = new[] { "red" } },
            steps = new object[] { new { step_type = "prompt_enhance" }, new { step_type = "i2i" } },
        });

        var copy = await _tenant.PostAsync($"/pipelines/{id}/clone", null, HttpStatusCode.Created);

        Assert.All(copy["steps"]!.AsArray(), step => Assert.Equal("local", step!.Text("provider")));
        Assert.True(copy["simulate"]!.GetValue<bool>());
        Assert.Equal("local", copy.Step("prompt_enhance")["config"]!.Text("provider"));
    }

    private static string[] Counts(JsonNode facets) => [.. facets.AsArray().Select(facet => $"{facet!.Text("value")} {facet!.Number("count")}")];

    /// <summary>a and b are alike but for what they cost and how long they took; c ended.</summary>
    private async Task SomeAsync()
    {
        var now = TimeProvider.System.GetUtcNow();
        foreach (var (name, cost, seconds) in new[] { ("a", 1m, 20), ("b", 3m, 10), ("c", 2m, 30) })
        {
            var id = await _tenant.CreateAsync(images => new
            {
                name, tags = name == "b" ? Array.Empty<string>() : ["launch"],
                inputs = new { images = images.Select(image => new { asset_id = image }), prompts = new[] { "red" } }, steps = new object[] { new { step_type = "i2i" } },
            });
            await host.WithDatabaseAsync(db => db.Pipelines.Where(row => row.Id == id).ExecuteUpdateAsync(set => set
                .SetProperty(row => row.CostActual, cost).SetProperty(row => row.StartedAt, now).SetProperty(row => row.FinishedAt, now.AddSeconds(seconds))
                .SetProperty(row => row.Status, name == "c" ? PipelineService.Pipelines.PipelineStatus.Completed : PipelineService.Pipelines.PipelineStatus.Pending)));
        }
    }
}
