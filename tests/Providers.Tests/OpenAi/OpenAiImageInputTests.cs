using Contracts.Generation;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Providers.Catalog;
using Providers.OpenAi;
using Sandbox.OpenAi;

namespace Providers.Tests.OpenAi;

/// <summary>Fields for OpenAI, held to what the catalog says of them.</summary>
public sealed class OpenAiImageInputTests
{
    private static readonly string[] Priced = ["model", "size", "quality", "n"];

    public static TheoryData<string> Models => [.. ModelCatalog.Embedded.All.Where(model => model.OpenAi is not null).Select(model => model.Id)];

    [Fact]
    public void The_catalog_knows_models_of_OpenAI() => Assert.True(Models.Count >= 2);

    [Theory]
    [MemberData(nameof(Models))]
    public void Every_model_is_asked_with_everything_that_has_a_price_in_values_that_it_takes(string id)
    {
        var model = ModelCatalog.Embedded.Find(id)!;
        foreach (var asked in Askings(model))
        {
            var fields = OpenAiImageInput.Fields(model, asked, "a red dress");

            var (edit, error) = OpenAiEdit.Read(Form(fields), ModelCatalog.Embedded);
            Assert.Null(error);
            Assert.Same(model, edit!.Model);
            Assert.Equal((asked.Quality, 1), (edit.Quality, edit.Count));
            Assert.All(Priced, name => Assert.Contains(fields, field => field.Key == name && field.Value.Length > 0));
            Assert.Equal(fields.Count, fields.DistinctBy(field => field.Key).Count());
            Assert.Equal(model.OpenAi!.InputFidelity, fields.FirstOrDefault(field => field.Key == "input_fidelity").Value);

            // What was priced is what is made.
            Assert.Equal(asked.Size ?? edit.Size, edit.Size);
            Assert.Equal(asked.AspectRatio == "auto", edit.Size == "auto");
        }
    }

    [Theory]
    [InlineData("gpt-image-1.5", "9:16", "1024x1536", "medium", "model=gpt-image-1.5 prompt=p size=1024x1536 quality=medium n=1 output_format=png input_fidelity=high")]
    [InlineData("gpt-image-1.5", "auto", null, "high", "model=gpt-image-1.5 prompt=p size=auto quality=high n=1 output_format=png input_fidelity=high")]
    [InlineData("gpt-image-2", "16:9", null, "low", "model=gpt-image-2 prompt=p size=1536x864 quality=low n=1 output_format=png")]
    [InlineData("gpt-image-2", "3:4", null, null, "model=gpt-image-2 prompt=p size=768x1024 quality=high n=1 output_format=png")]
    [InlineData("gpt-image-2", "1:1", "1000x1000", "low", "model=gpt-image-2 prompt=p size=1024x1024 quality=low n=1 output_format=png")]
    public void The_traps_of_the_models_are_kept_clear_of(string id, string ratio, string? size, string? quality, string expected)
    {
        var fields = OpenAiImageInput.Fields(ModelCatalog.Embedded.Find(id)!, new GenerationParameters(id, ratio, size, Quality: quality), "p");

        Assert.Equal(expected, string.Join(' ', fields.Select(field => $"{field.Key}={field.Value}")));
    }

    [Theory]
    [InlineData("1536x864", true)]
    [InlineData("3840x2160", true)]
    [InlineData("1024x576", false)]
    [InlineData("1920x1080", false)]
    [InlineData("3856x2160", false)]
    [InlineData("2304x736", false)]
    [InlineData("3840x3840", false)]
    [InlineData("-1024x1024", false)]
    [InlineData("1024", false)]
    public void A_free_size_keeps_to_its_rule(string size, bool taken) => Assert.Equal(taken, ModelCatalog.Embedded.Find("gpt-image-2")!.OpenAi!.TakesSize(size));

    [Fact]
    public async Task A_form_names_its_parts_in_quotes_and_the_picture_with_its_type()
    {
        using var form = OpenAiImageInput.Form([new("prompt", "größer\r\nx")], new MemoryStream([1, 2, 3]), "image/jpeg");

        var text = await form.ReadAsStringAsync();

        Assert.Contains("Content-Disposition: form-data; name=\"prompt\"\r\n\r\ngrößer\r\nx\r\n", text, StringComparison.Ordinal);
        Assert.Contains("Content-Type: image/jpeg\r\nContent-Disposition: form-data; name=\"image[]\"; filename=\"source.jpg\"\r\n", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("model", "gpt-image-9", 404, "model_not_found", null)]
    [InlineData("size", "1000x1000", 400, "invalid_value", "size")]
    [InlineData("quality", "best", 400, "invalid_value", "quality")]
    [InlineData("n", "11", 400, "integer_out_of_range", "n")]
    [InlineData("prompt", "", 400, "missing_required_parameter", "prompt")]
    [InlineData("response_format", "url", 400, "unknown_parameter", "response_format")]
    [InlineData("input_fidelity", "medium", 400, "invalid_value", "input_fidelity")]
    public void The_sandbox_refuses_what_the_model_does_not_take(string field, string value, int status, string code, string? param)
    {
        var fields = OpenAiImageInput.Fields(ModelCatalog.Embedded.Find("gpt-image-1.5")!, new GenerationParameters("gpt-image-1.5", "1:1", "1024x1024", Quality: "low"), "p")
            .Where(other => other.Key != field).Append(new(field, value));

        var (_, error) = OpenAiEdit.Read(Form(fields), ModelCatalog.Embedded);

        Assert.Equal((status, code, param), (error!.Status, error.Code!, error.Param));
    }

    [Fact]
    public void The_sandbox_refuses_fidelity_of_a_model_without_it_and_files_that_are_no_pictures()
    {
        var fields = OpenAiImageInput.Fields(ModelCatalog.Embedded.Find("gpt-image-2")!, new GenerationParameters("gpt-image-2", "1:1", Quality: "low"), "p");

        Assert.Equal("invalid_input_fidelity_model", OpenAiEdit.Read(Form(fields.Append(new("input_fidelity", "high"))), ModelCatalog.Embedded).Error!.Code);
        Assert.Equal("unsupported_file_mimetype", OpenAiEdit.Read(Form(fields, "application/octet-stream"), ModelCatalog.Embedded).Error!.Code);
        Assert.Equal("missing_required_parameter", OpenAiEdit.Read(Form(fields, null), ModelCatalog.Embedded).Error!.Code);
    }

    private static FormCollection Form(IEnumerable<KeyValuePair<string, string>> fields, string? type = "image/png")
    {
        var files = new FormFileCollection();
        if (type is not null)
        {
            files.Add(new FormFile(new MemoryStream([1]), 0, 1, OpenAiImageInput.ImageField, "source.png") { Headers = new HeaderDictionary { ["Content-Type"] = type } });
        }

        return new FormCollection(fields.ToDictionary(field => field.Key, field => new StringValues(field.Value)), files);
    }

    /// <summary>Every quality with every ratio.</summary>
    private static IEnumerable<GenerationParameters> Askings(ModelInfo model)
    {
        var resolver = new ParameterResolver(ModelCatalog.Embedded);
        return from ratio in model.Capabilities.AcceptedAspectRatios
               from quality in model.Capabilities.Qualities
               select Assert.IsType<ParameterResolution.Resolved>(
                   resolver.Resolve(model.Kind, model.Id, new AskedParameters { AspectRatio = ratio, Quality = quality }, ProviderNames.OpenAi)).Parameters;
    }
}
