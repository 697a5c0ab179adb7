using Contracts.Generation;
using Providers.Catalog;
using Providers.Tests.Fal;
using Testing.Studio;

namespace Providers.Tests.Prompts;

/// <summary>Both vendors' adapters, with the vendors' own clients inside, against the sandbox: the same for each.</summary>
[Collection(SandboxTests.Name)]
public sealed class TextProvidersTests(RunningSandbox sandbox)
{
    public static TheoryData<string> Vendors => [ProviderNames.Anthropic, ProviderNames.OpenAi];

    [Theory]
    [MemberData(nameof(Vendors))]
    public async Task Writes_as_many_as_asked_for_and_says_what_it_cost(string vendor)
    {
        using var rig = Rig(vendor);
        var finished = Assert.IsType<ProviderResult.Finished>(await Of(rig, vendor).SubmitAsync(Ask.Prompts("woman in red dress", 5), CancellationToken.None));

        Assert.Equal(5, finished.Outputs.Select(output => output.Text).Distinct().Count());
        Assert.All(finished.Outputs, output => Assert.Null(output.By));
        Assert.InRange(finished.ReportedCost!.Value, 0.00001m, 0.001m);
        Assert.NotNull(finished.RequestId);
    }

    [Theory]
    [MemberData(nameof(Vendors))]
    public async Task The_picture_goes_with_it_when_there_is_one(string vendor)
    {
        using var rig = Rig(vendor);
        var path = rig.PathOf("photo.jpg");
        await File.WriteAllBytesAsync(path, await TestPictures.PhotoAsync(2000, 1200));
        var request = Ask.Prompts("woman in red dress", 2) with { ImagePath = path };

        var with = Assert.IsType<ProviderResult.Finished>(await Of(rig, vendor).SubmitAsync(request, CancellationToken.None));
        var without = Assert.IsType<ProviderResult.Finished>(await Of(rig, vendor).SubmitAsync(request with { ImagePath = null }, CancellationToken.None));

        // The sandbox counts 1,500 tokens for a picture.
        Assert.InRange(with.ReportedCost!.Value - without.ReportedCost!.Value, 0.00015m, 0.0002m);
    }

    [Theory]
    [MemberData(nameof(Vendors))]
    public async Task A_picture_that_is_gone_is_named_before_anything_is_asked(string vendor)
    {
        using var rig = Rig(vendor);
        var failure = await Ask.FailureAsync(Of(rig, vendor), Ask.Prompts() with { ImagePath = rig.PathOf("gone.jpg") });
        Assert.Equal(FailureKind.SourceMissing, failure.Kind);
    }

    [Theory]
    [MemberData(nameof(Vendors))]
    public async Task A_short_answer_is_asked_to_be_completed_once_and_then_filled_by_the_demo_writer_and_marked(string vendor)
    {
        using var rig = Rig(vendor);
        var finished = Assert.IsType<ProviderResult.Finished>(await Of(rig, vendor).SubmitAsync(Ask.Prompts("woman in red dress [fault: short_answer]", 8), CancellationToken.None));

        // 4 of 8, then 2 of 4, then nobody else is asked.
        Assert.Equal((8, 2), (finished.Outputs.Count, finished.Outputs.Count(output => output.By == ProviderNames.Local)));
        Assert.Equal(8, finished.Outputs.Select(output => output.Text).Distinct().Count());
        Assert.All(finished.Outputs.TakeLast(2), output => Assert.Equal(ProviderNames.Local, output.By));
    }

    [Theory]
    [MemberData(nameof(Vendors))]
    public async Task An_answer_that_is_no_json_twice_is_paid_for_and_the_demo_writer_s_are_marked(string vendor)
    {
        using var rig = Rig(vendor);
        var finished = Assert.IsType<ProviderResult.Finished>(await Of(rig, vendor).SubmitAsync(Ask.Prompts("a dog [fault: not_json]", 3), CancellationToken.None));

        Assert.All(finished.Outputs, output => Assert.Equal(ProviderNames.Local, output.By));
        Assert.True(finished.ReportedCost > 0);
    }

    [Theory]
    [InlineData(ProviderNames.Anthropic, "policy", FailureKind.ContentRefused)]
    [InlineData(ProviderNames.OpenAi, "policy", FailureKind.ContentRefused)]
    [InlineData(ProviderNames.Anthropic, "balance", FailureKind.Unauthorized)]
    [InlineData(ProviderNames.OpenAi, "balance", FailureKind.Unauthorized)]
    [InlineData(ProviderNames.Anthropic, "ingress", FailureKind.ProviderDown)]
    [InlineData(ProviderNames.OpenAi, "ingress", FailureKind.ProviderDown)]
    [InlineData(ProviderNames.Anthropic, "model_error", FailureKind.ProviderDown)]
    [InlineData(ProviderNames.OpenAi, "model_error", FailureKind.ProviderDown)]
    [InlineData(ProviderNames.Anthropic, "model_timeout", FailureKind.TimedOut)]
    [InlineData(ProviderNames.OpenAi, "model_timeout", FailureKind.TimedOut)]
    [InlineData(ProviderNames.Anthropic, "lost_answer", FailureKind.ProviderDown)]
    [InlineData(ProviderNames.OpenAi, "lost_answer", FailureKind.ProviderDown)]
    [InlineData(ProviderNames.Anthropic, "no_answer", FailureKind.TimedOut)]
    [InlineData(ProviderNames.OpenAi, "no_answer", FailureKind.TimedOut)]
    public async Task A_failed_call_is_a_failure_and_never_the_demo_writer_s_work(string vendor, string fault, FailureKind kind)
    {
        var patience = fault == "no_answer" ? "00:00:01" : "00:01:00";
        using var rig = Rig(vendor, ("Anthropic:CallTimeout", patience), ("OpenAI:Prompts:CallTimeout", patience));
        var failure = await Ask.FailureAsync(Of(rig, vendor), Ask.Prompts($"Ada in her garden [fault: {fault}]"));

        Assert.Equal(kind, failure.Kind);
        Assert.DoesNotContain("Ada", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Vendors))]
    public async Task A_wait_that_is_asked_for_is_told(string vendor)
    {
        using var rig = Rig(vendor);
        var failure = await Ask.FailureAsync(Of(rig, vendor), Ask.Prompts("a dog [fault: rate_limit]"));
        Assert.Equal((FailureKind.RateLimited, TimeSpan.FromSeconds(1)), (failure.Kind, failure.RetryAfter));
    }

    [Theory]
    [MemberData(nameof(Vendors))]
    public async Task A_wrong_key_and_an_unknown_model_are_named_and_the_key_is_not(string vendor)
    {
        const string Key = "sk-not-the-one";
        using var wrong = Rig(vendor, ("Anthropic:ApiKey", Key), ("OpenAI:ApiKey", Key));
        var refused = await Ask.FailureAsync(Of(wrong, vendor), Ask.Prompts());
        Assert.Equal(FailureKind.Unauthorized, refused.Kind);
        Assert.DoesNotContain(Key, refused.Message, StringComparison.Ordinal);

        using var old = Rig(vendor, ("Anthropic:Model", "claude-3-haiku-20240307"), ("OpenAI:Prompts:Model", "gpt-2"));
        Assert.Equal(FailureKind.InvalidRequest, (await Ask.FailureAsync(Of(old, vendor), Ask.Prompts())).Kind);
    }

    [Fact]
    public async Task Nobody_there_is_told_as_that()
    {
        using var rig = Rig(ProviderNames.Anthropic, ("Anthropic:BaseUrl", "http://127.0.0.1:9"), ("OpenAI:BaseUrl", "http://127.0.0.1:9/v1"));
        foreach (var vendor in new[] { ProviderNames.Anthropic, ProviderNames.OpenAi })
        {
            Assert.Equal(FailureKind.ProviderDown, (await Ask.FailureAsync(Of(rig, vendor), Ask.Prompts())).Kind);
        }
    }

    [Fact]
    public async Task A_compatible_endpoint_gets_its_own_key_and_the_cost_is_the_quote_s()
    {
        using var rig = new Rig(
            ("OpenAI:ApiKey", "sk-the-vendor-s-own"), ("OpenAI:Prompts:BaseUrl", new Uri(sandbox.Address, "/v1").AbsoluteUri), ("OpenAI:Prompts:ApiKey", RunningSandbox.OpenAiKey),
            ("OpenAI:Prompts:Model", "gpt-5.6-luna"), ("OpenAI:Prompts:Effort", ""));
        var finished = Assert.IsType<ProviderResult.Finished>(await Of(rig, ProviderNames.OpenAi).SubmitAsync(Ask.Prompts("a dog", 2), CancellationToken.None));
        Assert.Equal(2, finished.Outputs.Count);
    }

    [Fact]
    public void Without_a_key_nobody_is_set_up()
    {
        using var rig = new Rig();
        Assert.False(rig.Get<ProviderRegistry>().Find(ProviderNames.Anthropic)!.SetUp);
        Assert.False(rig.Get<ProviderRegistry>().Find(ProviderNames.OpenAi)!.SetUp);
    }

    private static IProvider Of(Rig rig, string vendor) => rig.Get<ProviderRegistry>().Find(vendor)!;

    private Rig Rig(string vendor, params (string Key, string? Value)[] settings)
    {
        (string Key, string? Value)[] here =
        [
            ("Anthropic:ApiKey", "sandbox-anthropic-key"), ("Anthropic:BaseUrl", sandbox.Address.AbsoluteUri),
            ("OpenAI:ApiKey", RunningSandbox.OpenAiKey), ("OpenAI:BaseUrl", sandbox.Address.AbsoluteUri), ("Providers:Prompts", vendor),
        ];
        return new Rig([.. settings.Concat(here).DistinctBy(setting => setting.Key)]);
    }
}
