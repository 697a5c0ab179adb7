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
