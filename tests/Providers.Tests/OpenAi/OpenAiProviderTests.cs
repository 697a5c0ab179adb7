using System.Net;
using System.Text.Json.Nodes;
using Contracts.Generation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Providers.Catalog;
using Providers.Tests.Fal;
using Testing;

namespace Providers.Tests.OpenAi;

/// <summary>The OpenAI adapter against the sandbox, over HTTP.</summary>
[Collection(SandboxTests.Name)]
public sealed class OpenAiProviderTests(RunningSandbox sandbox) : IDisposable
{
    private readonly Rig _rig = sandbox.Rig();

    public void Dispose() => _rig.Dispose();

    [Theory]
    [InlineData("gpt-image-1.5", "9:16", "1024x1536", "image/png", 1024, 1536)]
    [InlineData("gpt-image-2", "16:9", null, "image/jpeg", 1536, 864)]
    public async Task A_picture_is_made_and_its_cost_is_what_the_vendor_bills(string model, string ratio, string? size, string type, int width, int height)
    {
        var before = await BillAsync();
        var source = await Tools.PictureAsync(_rig.PathOf(type == "image/png" ? "source.png" : "source.jpg"));

        var finished = await MadeAsync(Image(source, "portrait in the rain", model, ratio, size, type));

        var bill = await BillAsync();
        var output = Assert.Single(finished.Outputs);
        Assert.Equal($"{width},{height}", await Tools.ProbeAsync(output.FilePath!, "stream=width,height"));
        output.DeleteFiles();
        Assert.StartsWith("image/", output.ContentType, StringComparison.Ordinal);
        Assert.True(finished.ReportedCost > 0);
        Assert.Equal(Dollars(bill) - Dollars(before), finished.ReportedCost);
        Assert.Equal((Count(before, "accepted") + 1, Count(before, "finished") + 1, 0), (Count(bill, "accepted"), Count(bill, "finished"), Count(bill, "sent_twice")));
        Assert.StartsWith("req_", finished.RequestId, StringComparison.Ordinal);
        Assert.Null(finished.BilledUnits);
    }

    [Fact]
    public async Task A_request_bears_our_own_name_so_that_one_that_is_sent_twice_would_show()
    {
        var before = Count(await BillAsync(), "sent_twice");
        var request = Image(await SourceAsync(), "twice");

        foreach (var _ in Enumerable.Range(0, 2))
        {
            Assert.Single((await MadeAsync(request)).Outputs).DeleteFiles();
        }

        Assert.Equal(before + 1, Count(await BillAsync(), "sent_twice"));
    }

    [Fact]
    public async Task People_see_what_each_vendor_accepted()
    {
        Assert.Single((await MadeAsync(Image(await SourceAsync(), "<b>bold</b> prompt"))).Outputs).DeleteFiles();

        var page = await sandbox.Http.GetStringAsync("/");

        Assert.Contains($"<li>openai: accepted {Count(await BillAsync(), "accepted")}, ", page, StringComparison.Ordinal);
        Assert.Contains("<td>openai</td><td>gpt-image-2</td><td>Completed</td><td>200</td><td></td><td>&lt;b&gt;bold&lt;/b&gt; prompt</td>", page, StringComparison.Ordinal);
    }

    // Whether it counts as accepted, and as bought, is the vendor's word; what was accepted and is not there is never asked for again.
    [Theory]
    [InlineData("rate_limit", FailureKind.RateLimited, 0)]
    [InlineData("balance", FailureKind.Unauthorized, 0)]
    [InlineData("ingress", FailureKind.ProviderDown, 0)]
    [InlineData("policy", FailureKind.ContentRefused, 1)]
    [InlineData("source_download", FailureKind.InvalidRequest, 1)]
    [InlineData("model_error", FailureKind.OutcomeUnknown, 1)]
    [InlineData("model_timeout", FailureKind.OutcomeUnknown, 1)]
    [InlineData("lost_answer", FailureKind.OutcomeUnknown, 1)]
    [InlineData("no_media", FailureKind.OutcomeUnknown, 1)]
    [InlineData("not_json", FailureKind.OutcomeUnknown, 1)]
    [InlineData("wrong_file", FailureKind.OutcomeUnknown, 1)]
    [InlineData("cut_file", FailureKind.OutcomeUnknown, 1)]
    [InlineData("private_file", FailureKind.OutcomeUnknown, 1)]
    public async Task What_goes_wrong_is_a_failure_of_its_kind_and_is_sent_once(string fault, FailureKind kind, int accepted)
    {
        var before = Count(await BillAsync(), "accepted");

        var failed = Assert.IsType<ProviderResult.Failed>(await AskAsync(_rig, Image(await SourceAsync(), $"SECRET words [fault: {fault}]")));

        Assert.Equal(kind, failed.Failure.Kind);
        Assert.Equal(before + accepted, Count(await BillAsync(), "accepted"));
        Assert.Equal(kind == FailureKind.RateLimited ? TimeSpan.FromSeconds(1) : null, failed.Failure.RetryAfter);
        Assert.DoesNotContain("SECRET", failed.Failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(RunningSandbox.OpenAiKey, failed.Failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_that_comes_too_late_may_have_been_bought()
    {
        using var rig = sandbox.Rig(("OpenAI:ImageTimeout", "00:00:03"));
        var before = Count(await BillAsync(), "accepted");

        var failure = await FailureAsync(rig, Image(await SourceAsync(), "[fault: no_answer]"));

        Assert.Equal((FailureKind.OutcomeUnknown, true), (failure.Kind, failure.Message.Contains("within 3 seconds", StringComparison.Ordinal)));
        Assert.Equal(before + 1, Count(await BillAsync(), "accepted"));
    }

    [Fact]
    public async Task An_answer_that_comes_slowly_is_read()
    {
        var finished = await MadeAsync(Image(await SourceAsync(), "[fault: slow_file]"));
        Assert.Single(finished.Outputs).DeleteFiles();
    }

    [Fact]
    public async Task A_picture_that_is_too_large_is_not_read_to_its_end_and_not_bought_again()
    {
        using var rig = sandbox.Rig(("OpenAI:MaxImageBytes", "1000"));
        var failure = await FailureAsync(rig, Image(await SourceAsync(), "p"));

        Assert.Equal(FailureKind.OutcomeUnknown, failure.Kind);
    }

    [Fact]
    public async Task Nothing_is_left_behind_by_what_fails()
    {
        var before = Left();
        using var rig = sandbox.Rig(("OpenAI:MaxImageBytes", "1000"));
        await FailureAsync(rig, Image(await SourceAsync(), "p"));
        await FailureAsync(_rig, Image(await SourceAsync(), "[fault: wrong_file]"));
        await FailureAsync(_rig, Image(await SourceAsync(), "[fault: cut_file]"));

        Assert.Equal(before, Left());
        static IEnumerable<string> Left() => Directory.EnumerateFiles(Path.GetTempPath(), "pipeline-openai-*").Order(StringComparer.Ordinal).ToList();
    }

    [Fact]
    public async Task A_wrong_key_is_the_accounts_fault_and_is_told_without_it()
    {
        using var rig = sandbox.Rig(("OpenAI:ApiKey", "sk-SECRET"));
        var failure = await FailureAsync(rig, Image(await SourceAsync(), "p"));

        Assert.Equal(FailureKind.Unauthorized, failure.Kind);
        Assert.DoesNotContain("SECRET", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_vendor_does_not_take_is_named()
    {
        var failure = await FailureAsync(_rig, Image(await SourceAsync(), new string('x', 32_001)));

        Assert.Equal((FailureKind.InvalidRequest, "The prompt is too long for this model. Shorten it."), (failure.Kind, failure.Message));
    }

    [Fact]
    public async Task A_source_that_is_gone_and_a_model_that_is_not_OpenAIs_are_not_asked_about()
    {
        var before = Count(await BillAsync(), "accepted");

        Assert.Equal(FailureKind.SourceMissing, (await FailureAsync(_rig, Image(_rig.PathOf("gone.png"), "p"))).Kind);
        Assert.Equal(FailureKind.InvalidRequest, (await FailureAsync(_rig, Image(await SourceAsync(), "p", "nano-banana"))).Kind);
        Assert.Equal(before, Count(await BillAsync(), "accepted"));
    }

    [Theory]
    [InlineData("http://127.0.0.1:9/v1")]
    [InlineData("http://does-not-exist.invalid/v1")]
    public async Task What_cannot_be_reached_was_not_bought(string address)
    {
        using var rig = sandbox.Rig(("OpenAI:BaseUrl", address));
        Assert.Equal(FailureKind.ProviderDown, (await FailureAsync(rig, Image(await SourceAsync(), "p"))).Kind);
    }

    [Fact]
    public async Task A_redirect_is_not_followed_with_the_key()
    {
        await using var other = await AnsweringAsync(context =>
        {
            context.Response.Redirect(new Uri(sandbox.Address, "/v1/images/edits").AbsoluteUri, permanent: true, preserveMethod: true);
            return Task.CompletedTask;
        });
        using var rig = sandbox.Rig(("OpenAI:BaseUrl", other.Urls.Single()));
        var before = Count(await BillAsync(), "accepted");

        Assert.Equal(FailureKind.OutcomeUnknown, (await FailureAsync(rig, Image(await SourceAsync(), "p"))).Kind);
        Assert.Equal(before, Count(await BillAsync(), "accepted"));
    }

    [Fact]
    public async Task An_overloaded_vendor_has_made_nothing_and_says_how_long_to_wait()
    {
        await using var other = await AnsweringAsync(async context =>
        {
            context.Response.StatusCode = (int)HttpStatusCode.ServiceUnavailable;
            context.Response.Headers.RetryAfter = "20";
            context.Response.Headers["x-request-id"] = "req_7";
            await context.Response.WriteAsJsonAsync(new { error = new { message = "SECRET", type = "service_unavailable_error", code = "server_is_overloaded" } });
        });
        using var rig = sandbox.Rig(("OpenAI:BaseUrl", other.Urls.Single()));

        var failed = Assert.IsType<ProviderResult.Failed>(await AskAsync(rig, Image(await SourceAsync(), "p")));

        Assert.Equal((FailureKind.ProviderDown, TimeSpan.FromSeconds(20), "req_7"), (failed.Failure.Kind, failed.Failure.RetryAfter!.Value, failed.RequestId!));
    }

    [Fact]
    public async Task Who_calls_it_off_is_told_so_whether_it_was_sent_or_not()
    {
        using var never = new CancellationTokenSource();
        await never.CancelAsync();
        var before = Count(await BillAsync(), "accepted");
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await AskAsync(_rig, Image(await SourceAsync(), "p"), never.Token));
        Assert.Equal(before, Count(await BillAsync(), "accepted"));

        using var late = new CancellationTokenSource();
        var asking = AskAsync(_rig, Image(await SourceAsync(), "[fault: no_answer]"), late.Token);
        await Eventually.HoldsAsync(async () => Count(await BillAsync(), "accepted") == before + 1);
        await late.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
    }

    [Fact]
    public void It_serves_the_pictures_that_the_catalog_knows_of_and_nothing_simulated()
    {
        var provider = OpenAi(_rig);

        Assert.False(provider.Simulated);
        Assert.False(ProviderNames.IsSimulated(provider.Name));
        Assert.Equal(Resubmit.Never, provider.Resubmit);
        Assert.All(ModelCatalog.Embedded.All, model => Assert.Equal(model.OpenAi is not null, provider.Serves(model.Kind, model.Id)));
        Assert.False(provider.Serves(GenerationKind.Video, "gpt-image-2"));
        Assert.False(provider.Serves(GenerationKind.Image, null));
    }

    [Fact]
    public void It_is_there_only_where_it_is_set_up()
    {
        using var without = new Rig();
        using var planning = new Rig(("OpenAI:SetUp", "true"));

        Assert.False(without.Get<ProviderRegistry>().Find(ProviderNames.OpenAi)!.SetUp);
        Assert.True(planning.Get<ProviderRegistry>().Find(ProviderNames.OpenAi)!.SetUp);
    }

    [Theory]
    [InlineData("OpenAI:BaseUrl", "ftp://example.com/v1")]
    [InlineData("OpenAI:ApiKey", "sk-with blank")]
    [InlineData("OpenAI:ImageTimeout", "00:00:00")]
    public async Task A_setting_that_cannot_be_is_an_error_at_start(string name, string value)
    {
        using var rig = sandbox.Rig((name, value));
        var error = await Assert.ThrowsAsync<Microsoft.Extensions.Options.OptionsValidationException>(rig.StartAsync);
        Assert.DoesNotContain("sk-with", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_retired_model_is_refused_where_OpenAI_would_run_it()
    {
        var resolver = new ParameterResolver(ModelCatalog.Embedded);

        Assert.IsType<ParameterResolution.Refused>(resolver.Resolve(GenerationKind.Video, "sora-2", new AskedParameters(), ProviderNames.OpenAi));
        Assert.Contains("2026-12-01", Assert.Single(Assert.IsType<ParameterResolution.Resolved>(
            resolver.Resolve(GenerationKind.Image, "gpt-image-1.5", new AskedParameters(), ProviderNames.OpenAi)).Warnings), StringComparison.Ordinal);
    }

    private static IProvider OpenAi(Rig rig) => rig.Get<ProviderRegistry>().Find(ProviderNames.OpenAi)!;

    private static Task<ProviderResult> AskAsync(Rig rig, GenerationRequest request, CancellationToken cancellationToken = default) => OpenAi(rig).SubmitAsync(request, cancellationToken);

    private async Task<ProviderResult.Finished> MadeAsync(GenerationRequest request)
    {
        var result = await AskAsync(_rig, request);
        Assert.True(result is ProviderResult.Finished, result.ToString());
        return (ProviderResult.Finished)result;
    }

    private static Task<ItemFailure> FailureAsync(Rig rig, GenerationRequest request) => Ask.FailureAsync(OpenAi(rig), request);

    private static async Task<WebApplication> AnsweringAsync(RequestDelegate answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["urls"] = "http://127.0.0.1:0" });
        var app = builder.Build();
        app.Run(answer);
        await app.StartAsync();
        return app;
    }

    private async Task<JsonObject> BillAsync() => (await sandbox.BillAsync())["providers"]!["openai"]!.AsObject();

    private static int Count(JsonObject bill, string name) => bill[name]!.GetValue<int>();

    private static decimal Dollars(JsonObject bill) => bill["dollars"]?.GetValue<decimal>() ?? 0;

    private Task<string> SourceAsync() => Tools.PictureAsync(_rig.PathOf($"{Guid.NewGuid():N}.png"));

    private static ImageRequest Image(string source, string prompt, string model = "gpt-image-2", string ratio = "1:1", string? size = null, string type = "image/png") => new(
        7, $"image-{Guid.NewGuid():N}", 1, new GenerationParameters(model, ratio, size, Quality: "low"), prompt, Ask.NoVariation, source, type);
}
