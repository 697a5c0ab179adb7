using Microsoft.Extensions.Options;
using Providers.Selection;

namespace Providers.Tests.Selection;

public class ProviderSelectionTests
{
    [Fact]
    public void Without_configuration_the_demo_renderer_serves_everything()
    {
        using var rig = new Rig();
        Assert.Equal(ProviderNames.Local, rig.Get<ProviderSelection>().ServedBy("kling"));
        Assert.Equal(ProviderNames.Local, rig.Get<ProviderSelection>().ServedBy(null));
    }

    [Fact]
    public void An_override_serves_its_model_alone()
    {
        using var rig = new Rig(("Providers:Models:kling", ProviderNames.NoOp));
        var selection = rig.Get<ProviderSelection>();
        Assert.Equal(ProviderNames.NoOp, selection.ServedBy("KLING"));
        Assert.Equal(ProviderNames.Local, selection.ServedBy("wan"));
    }

    [Theory]
    [InlineData("kling", "replicate", "fal")]
    [InlineData("gpt-image-2", "fal", "openai")]
    [InlineData("luma-ray-2", "fal", "")]
    [InlineData("no-such-model", "local", "")]
    public void The_first_in_order_that_knows_a_model_serves_it_and_the_others_stand_by(string model, string first, string others)
    {
        using var rig = new Rig(
            ("Fal:SetUp", "true"), ("Replicate:SetUp", "true"), ("OpenAI:SetUp", "true"),
            ("Providers:Order:0", "Replicate"), ("Providers:Order:1", "fal"), ("Providers:Order:2", "openai"));
        var selection = rig.Get<ProviderSelection>();

        Assert.Equal(first, selection.ServedBy(model), ignoreCase: true);
        Assert.Equal(others.Split(',', StringSplitOptions.RemoveEmptyEntries), selection.Others(model));
    }

    [Fact]
    public async Task A_configuration_that_names_what_is_not_set_up_does_not_start()
    {
        using var rig = new Rig(
            ("Providers:Default", "fal"), ("Providers:Models:kling", "replicate"), ("Providers:Models:no-such-model", ProviderNames.Local));
        var error = await Assert.ThrowsAsync<OptionsValidationException>(rig.StartAsync);
        Assert.Equal(
            [
                "Providers:Default names 'fal', which is not set up. Use one of: local, no-op.",
                "Providers:Models names the model 'no-such-model', which the catalog does not have.",
                "Providers:Models:kling names 'replicate', which is not set up. Use one of: local, no-op.",
            ],
            error.Failures.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_good_configuration_starts()
    {
        using var rig = new Rig(("Providers:Default", "no-op"), ("Providers:Models:wan", "local"));
        await rig.StartAsync();
    }

    [Fact]
    public void Two_providers_of_one_name_are_an_error()
    {
        using var rig = new Rig();
        Assert.Throws<InvalidOperationException>(() => new ProviderRegistry([rig.Local, rig.Local]));
    }
}
