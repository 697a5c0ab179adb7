using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PipelineService.Sheets;
using PipelineService.Tests.Assets;
using PipelineService.Tests.Pipelines;

namespace PipelineService.Tests.Sheets;

/// <summary>A sheet from the upload to the same sheet with its results.</summary>
[Collection(PipelinesCollection.Name)]
public sealed class SheetsTests(PipelinesHost host)
{
    private static readonly object Images = new { name = "Spring", steps = new object[] { new { step_type = "i2i", config = new { model = "kling-image" } } } };

    private readonly TenantClient _tenant = host.NewTenant();

    [Fact]
    public async Task A_sheet_is_checked_priced_run_and_given_back()
    {
        var (first, second) = (await NamedAsync("dress.jpg"), await host.AddAssetAsync(_tenant.TenantId));
        var sheet = await CheckAsync($"Photo,Prompt,SKU\nDRESS.jpg,=woman in red dress,A-1\n{second},blue coat,A-2\nmissing.jpg,green,A-3\n", new { pipeline = Images });

        Assert.Equal((3, 2, 1, "utf-8"), (sheet.Number("rows_total"), sheet.Number("rows_good"), sheet.Number("rows_bad"), sheet.Text("encoding")));
        var error = sheet["errors"]![0]!;
        Assert.Equal((4, "Photo", "image"), (error.Number("row"), error.Text("column"), error.Text("field")));
        Assert.Equal((1, 0.056m, "$0.06"), (sheet["plan"]!.Number("pipelines"), sheet["plan"]!.Amount("total"), sheet["plan"]!.Text("total_display")));

        var id = sheet.Id();
        var refused = await _tenant.PostAsync($"/sheets/{id}/run", new { pipeline = Images }, HttpStatusCode.UnprocessableEntity);
        Assert.Equal(["/rows/4/image"], refused.Faults());
        Assert.Equal("/problems/quote_changed", (await _tenant.PostAsync($"/sheets/{id}/run", new { pipeline = Images, leave_out_bad_rows = true, max_cost_usd = 0.05 }, HttpStatusCode.Conflict)).Text("type"));
        await _tenant.GetAsync($"/sheets/{id}/result", HttpStatusCode.Conflict);

        var run = await _tenant.PostAsync($"/sheets/{id}/run", new { pipeline = Images, leave_out_bad_rows = true, max_cost_usd = 0.056 }, HttpStatusCode.Accepted);
        var again = await _tenant.PostAsync($"/sheets/{id}/run", new { pipeline = Images, leave_out_bad_rows = true }, HttpStatusCode.Accepted);
        Assert.Equal(run.ToJsonString(), again.ToJsonString());
        Assert.Equal((2, 4), (run.Number("rows"), run["left_out"]![0]!.GetValue<int>()));
        var pipeline = run["pipelines"]![0]!.GetValue<long>();
        Assert.Equal(pipeline, (await _tenant.GetAsync($"/pipelines?run_group_id={run.Text("run_group_id")}"))["data"]!.AsArray().Single()!.Id());
        var definition = await _tenant.GetAsync($"/pipelines/{pipeline}/definition");
        Assert.Equal(("paired", first), (definition["inputs"]!.Text("combine"), definition["inputs"]!["images"]![0]!["asset_id"]!.GetValue<long>()));

        await _tenant.DoAsync(pipeline, "i2i", item => item.Input.ImageIndex == 1);
        await _tenant.UntilAsync(pipeline, "completed");
        var lines = (await _tenant.Http.GetStringAsync($"/sheets/{id}/result")).TrimStart('\uFEFF').Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("Photo,Prompt,SKU,status,image_urls,video_urls,cost_usd,error,pipeline_id", lines[0]);
        Assert.StartsWith("DRESS.jpg,'=woman in red dress,A-1,done,http", lines[1], StringComparison.Ordinal);
        Assert.Contains(",0.028,", lines[1], StringComparison.Ordinal);
        Assert.StartsWith($"{second},blue coat,A-2,failed,,,0,", lines[2], StringComparison.Ordinal);
        Assert.StartsWith("missing.jpg,green,A-3,left_out,,,,\"There is no picture", lines[3], StringComparison.Ordinal);
        var workbook = await _tenant.Http.GetByteArrayAsync($"/sheets/{id}/result?format=xlsx");
        Assert.Equal(3, SheetFile.Read(workbook, "r.xlsx", new SheetsOptions()).Table!.Rows.Count);
    }

    [Fact]
    public async Task Rows_of_other_models_and_seeds_become_pipelines_of_one_group()
    {
        var asset = await host.AddAssetAsync(_tenant.TenantId);
        var sheet = await CheckAsync($"image,prompt,model,seed\n{asset},red,,\n{asset},blue,flux-kontext,\n{asset},green,,5\n{asset},white,,\n", null);
        var checkedAgain = await _tenant.PostAsync($"/sheets/{sheet.Id()}/check", new { pipeline = Images, mapping = new { model = "" } }, HttpStatusCode.OK);
        Assert.Equal(2, checkedAgain["plan"]!.Number("pipelines"));

        var run = await _tenant.PostAsync($"/sheets/{sheet.Id()}/run", new { pipeline = Images, mapping = new { model = "" } }, HttpStatusCode.Accepted);

        var definitions = new List<JsonNode>();
        foreach (var id in run["pipelines"]!.AsArray())
        {
            definitions.Add(await _tenant.GetAsync($"/pipelines/{id}/definition"));
        }

        Assert.Equal(["red,blue,white", "green"], definitions.Select(one => string.Join(',', one["inputs"]!["prompts"]!.AsArray().Select(prompt => prompt!.GetValue<string>()))));
        Assert.Equal([null, 5L], definitions.Select(one => one["steps"]![0]!["config"]!["seed"]?.GetValue<long>()));
        Assert.Equal(["Spring (1 of 2)", "Spring (2 of 2)"], definitions.Select(one => one.Text("name")));
    }

    [Fact]
    public async Task A_picture_that_cannot_be_fetched_is_told_by_its_row_and_can_be_left_out()
    {
        var asset = await host.AddAssetAsync(_tenant.TenantId);
        var sheet = await CheckAsync($"image,prompt\n{asset},red\n{new Uri(host.Pictures.Address, "/nothing.png")},blue\n", new { pipeline = Images });
        Assert.Equal(2, sheet.Number("rows_good"));

        var refused = await _tenant.PostAsync($"/sheets/{sheet.Id()}/run", new { pipeline = Images }, HttpStatusCode.UnprocessableEntity);
        Assert.Equal(["/rows/3/image"], refused.Faults());
        var run = await _tenant.PostAsync($"/sheets/{sheet.Id()}/run", new { pipeline = Images, leave_out_bad_rows = true }, HttpStatusCode.Accepted);

        Assert.Equal((1, 3), (run.Number("rows"), run["left_out"]![0]!.GetValue<int>()));
    }

    [Fact]
    public async Task Two_pictures_of_one_name_are_both_told_and_one_is_chosen_by_its_id()
    {
        var (first, second) = (await NamedAsync("dress.jpg"), await NamedAsync("Dress.jpg"));
        var address = host.Pictures.ServeBytes("/sheet-coat.png", TestPictures.Png(41));
        var sheet = await CheckAsync($"image,prompt\nphotos.zip/dress.jpg,red\n{first},blue\n{address},green\ndress-2.jpg,white\n", new { pipeline = Images, pictures = new Dictionary<string, long> { ["DRESS-2.jpg"] = second } });

        Assert.Equal((3, 1), (sheet.Number("rows_good"), sheet.Number("rows_bad")));
        var error = sheet["errors"]![0]!;
        Assert.Equal((2, "image", "dress.jpg"), (error.Number("row"), error.Text("field"), error.Text("value")));
        Assert.StartsWith($"2 pictures are called 'dress.jpg': {second} (640 × 800, added ", error.Text("message"), StringComparison.Ordinal);
        Assert.EndsWith($"Give the id of the one you mean, {second} or {first}, or its address.", error.Text("message"), StringComparison.Ordinal);

        var meant = new { pipeline = Images, edits = new Dictionary<string, object> { ["2"] = new { image = $"{first}" } }, pictures = new Dictionary<string, long> { ["dress-2.jpg"] = second } };
        var run = await _tenant.PostAsync($"/sheets/{sheet.Id()}/run", meant, HttpStatusCode.Accepted);
        var images = (await _tenant.GetAsync($"/pipelines/{run["pipelines"]![0]}/definition"))["inputs"]!["images"]!.AsArray();
        Assert.Equal([$"{first}", $"{first}", address, $"{second}"], images.Select(image => (image!["asset_id"] ?? image!["url"])!.ToString()));
    }

    [Fact]
    public async Task A_simulated_sheet_is_no_run_it_can_still_be_run_and_the_history_does_not_count_it()
    {
        var asset = await host.AddAssetAsync(_tenant.TenantId);
        var sheet = await CheckAsync($"image,prompt\n{asset},red\n", null);
        var simulation = new { pipeline = new { simulate = true, steps = new object[] { new { step_type = "i2i" } } } };
        var first = await _tenant.PostAsync($"/sheets/{sheet.Id()}/run", simulation, HttpStatusCode.Accepted);
        var second = await _tenant.PostAsync($"/sheets/{sheet.Id()}/run", simulation, HttpStatusCode.Accepted);
        Assert.NotEqual(first.Text("run_group_id"), second.Text("run_group_id"));
        Assert.Null((await _tenant.GetAsync($"/sheets/{sheet.Id()}"))["run_group_id"]);
        Assert.Contains("running", await _tenant.Http.GetStringAsync($"/sheets/{sheet.Id()}/result"), StringComparison.Ordinal);

        var run = await _tenant.PostAsync($"/sheets/{sheet.Id()}/run", new { pipeline = Images }, HttpStatusCode.Accepted);
        var again = await _tenant.PostAsync($"/sheets/{sheet.Id()}/run", simulation, HttpStatusCode.Accepted);

        Assert.Equal(run.ToJsonString(), again.ToJsonString());
        Assert.Equal(run.Text("run_group_id"), (await _tenant.GetAsync($"/sheets/{sheet.Id()}")).Text("run_group_id"));
        var listed = (await _tenant.GetAsync($"/sheets?run_group_id={run.Text("run_group_id")}"))["data"]!.AsArray().Single()!;
        Assert.Equal((sheet.Id(), "spring.csv", false), (listed.Id(), listed.Text("name"), listed["simulated"]!.GetValue<bool>()));
        Assert.Equal((1, 2), ((await _tenant.GetAsync("/pipelines/facets?simulate=false")).Number("total"), (await _tenant.GetAsync("/pipelines/facets?simulate=true")).Number("total")));
        Assert.Equal(run["pipelines"]![0]!.GetValue<long>(), (await _tenant.GetAsync("/pipelines?simulate=false"))["data"]!.AsArray().Single()!.Id());
    }

    [Fact]
    public async Task Old_sheets_are_swept_but_not_while_their_runs_have_not_ended()
    {
        var asset = await host.AddAssetAsync(_tenant.TenantId);
        var ids = new List<long>();
        foreach (var _ in Enumerable.Range(0, 3))
        {
            ids.Add((await CheckAsync($"image,prompt\n{asset},red\n", null)).Id());
        }

        var run = await _tenant.PostAsync($"/sheets/{ids[1]}/run", new { pipeline = Images }, HttpStatusCode.Accepted);
        var old = TimeProvider.System.GetUtcNow().AddDays(-91);
        await host.WithDatabaseAsync(db => db.Sheets.Where(row => row.TenantId == _tenant.TenantId && row.Id != ids[2]).ExecuteUpdateAsync(set => set.SetProperty(row => row.CreatedAt, old)));
        var sweeper = host.Services.GetServices<IHostedService>().OfType<SheetSweeper>().Single();

        await sweeper.SweepAsync(CancellationToken.None);
        Assert.Equal([ids[1], ids[2]], await LeftAsync());

        await _tenant.DoAsync(run["pipelines"]![0]!.GetValue<long>(), "i2i");
        await _tenant.UntilAsync(run["pipelines"]![0]!.GetValue<long>(), "completed");
        await sweeper.SweepAsync(CancellationToken.None);
        Assert.Equal([ids[2]], await LeftAsync());
        await _tenant.GetAsync($"/sheets/{ids[1]}/result", HttpStatusCode.NotFound);

        Task<long[]> LeftAsync() => host.WithDatabaseAsync(db => db.Sheets.Where(row => row.TenantId == _tenant.TenantId).OrderBy(row => row.Id).Select(row => row.Id).ToArrayAsync());
    }

    [Fact]
    public async Task A_sheet_of_prompts_alone_gives_its_prompts()
    {
        var sheet = await CheckAsync("prompt\nred\nblue\n", new { pipeline = Images });

        Assert.Equal(["red", "blue"], sheet["prompts"]!.AsArray().Select(prompt => prompt!.GetValue<string>()));
        Assert.Equal(["/mapping/image"], (await _tenant.PostAsync($"/sheets/{sheet.Id()}/run", new { pipeline = Images }, HttpStatusCode.UnprocessableEntity)).Faults());
    }

    [Fact]
    public async Task What_cannot_be_read_and_what_is_another_workspaces_is_refused()
    {
        var problem = await UploadAsync("Photo,Prompt\n", null, HttpStatusCode.UnprocessableEntity);
        Assert.Contains("no rows below it", problem["errors"]!["/file"]![0]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(["/pipeline/steps/0/config/model"], (await UploadAsync($"image,prompt\n{await host.AddAssetAsync(_tenant.TenantId)},red\n", new { pipeline = new { steps = new object[] { new { step_type = "i2i", config = new { model = "no-such" } } } } }, HttpStatusCode.UnprocessableEntity)).Faults());
        Assert.Equal(["/mapping/image"], (await UploadAsync("image,prompt\n1,red\n", new { mapping = new { image = "Foto" } }, HttpStatusCode.UnprocessableEntity)).Faults());

        var sheet = await CheckAsync("image,prompt\n1,red\n", null);
        var other = host.NewTenant();
        await other.GetAsync($"/sheets/{sheet.Id()}", HttpStatusCode.NotFound);
        await other.PostAsync($"/sheets/{sheet.Id()}/run", new { pipeline = Images }, HttpStatusCode.NotFound);
        await other.GetAsync($"/sheets/{sheet.Id()}/result", HttpStatusCode.NotFound);
        Assert.Empty((await other.GetAsync("/sheets"))["data"]!.AsArray());
        Assert.Equal(["/limit"], (await _tenant.GetAsync("/sheets?limit=0", HttpStatusCode.UnprocessableEntity)).Faults());
    }

    private async Task<long> NamedAsync(string name)
    {
        var id = await host.AddAssetAsync(_tenant.TenantId);
        await host.WithDatabaseAsync(db => db.Assets.Where(asset => asset.Id == id && asset.TenantId == _tenant.TenantId).ExecuteUpdateAsync(set => set.SetProperty(asset => asset.Name, name)));
        return id;
    }

    private Task<JsonNode> CheckAsync(string csv, object? request) => UploadAsync(csv, request, HttpStatusCode.OK);

    private async Task<JsonNode> UploadAsync(string csv, object? request, HttpStatusCode expected)
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent(Encoding.UTF8.GetBytes(csv)), "file", "spring.csv" } };
        if (request is not null)
        {
            form.Add(new StringContent(JsonSerializer.Serialize(request)), "request");
        }

        return await TenantClient.ReadAsync(await _tenant.Http.PostAsync("/sheets/check", form), expected);
    }
}
