using System.Text.Json;
using Providers.Catalog;

namespace Providers.Tests.Catalog;

public class ModelCatalogTests
{
    private static readonly ModelCatalog Models = ModelCatalog.Embedded;

    [Fact]
    public void Every_model_of_the_file_is_there_in_its_order()
    {
        using var file = typeof(ModelCatalog).Assembly.GetManifestResourceStream("models.json")!;
        using var json = JsonDocument.Parse(file);
        var ids = json.RootElement.GetProperty("models").EnumerateArray().Select(model => model.GetProperty("id").GetString());
        Assert.Equal(ids, Models.All.Select(model => model.Id));
    }

    [Fact]
    public void Every_model_has_a_price_of_its_kind()
    {
        Assert.All(Models.All, model =>
        {
            Assert.True(model.Price.Amount > 0, model.Id);
            Assert.Equal(model.Kind == GenerationKind.Image ? PriceUnit.Image : PriceUnit.Clip, model.Price.Unit);
        });
    }

    [Fact]
    public void Image_models_have_no_duration_and_video_models_have_one()
    {
        Assert.All(Models.OfKind(GenerationKind.Image), model => Assert.Null(model.Capabilities.DefaultDurationSec));
        Assert.All(Models.OfKind(GenerationKind.Video), model => Assert.Contains(model.Capabilities.DefaultDurationSec!.Value, model.Capabilities.Durations));
    }

    [Fact]
    public void Defaults_are_members_of_their_lists()
    {
        Assert.All(Models.All, model =>
        {
            var can = model.Capabilities;
            Assert.True(can.DefaultAspectRatio is null || can.AspectRatios.Contains(can.DefaultAspectRatio), model.Id);
            Assert.True(can.DefaultResolution is null || can.Resolutions.Contains(can.DefaultResolution), model.Id);
            Assert.True(can.DefaultQuality is null || can.Qualities.Contains(can.DefaultQuality), model.Id);
        });
    }

    [Theory]
    [InlineData("gpt-image-1.5", ModelStatus.Deprecated)]
    [InlineData("kling-image", ModelStatus.Active)]
    [InlineData("sora-2", ModelStatus.Retired)]
    [InlineData("seedream-4.5", ModelStatus.PriceUnconfirmed)]
    public void The_status_words_of_the_file_are_understood(string id, ModelStatus status) =>
        Assert.Equal(status, Models.Find(id)!.Availability.Status);

    [Fact]
    public void An_unknown_status_is_an_error() => Assert.Throws<FormatException>(() => ModelAvailability.Parse("resting"));

    [Fact]
    public void A_model_is_found_without_regard_to_case()
    {
        Assert.Equal("kling-image", Models.Find("Kling-Image")!.Id);
        Assert.Null(Models.Find("no-such-model"));
    }

    [Theory]
    [InlineData(ProviderNames.Local)]
    [InlineData(ProviderNames.NoOp)]
    public void Simulated_providers_serve_every_model_and_prompts(string name)
    {
        using var rig = new Rig();
        var provider = rig.Get<ProviderRegistry>().Find(name)!;
        Assert.True(provider.Simulated);
        Assert.True(provider.Serves(GenerationKind.Prompts, null));
        Assert.All(Models.All, model => Assert.True(provider.Serves(model.Kind, model.Id), model.Id));
        Assert.False(provider.Serves(GenerationKind.Image, "wan"));
        Assert.False(provider.Serves(GenerationKind.Image, "no-such-model"));
    }
}
