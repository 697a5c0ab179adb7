using System.Net.Http.Headers;
using System.Text;
using Contracts.Generation;
using Providers.Catalog;

namespace Providers.OpenAi;

/// <summary>
/// The fields of a request from the very parameters it was priced with. Everything that has a price is sent, whatever OpenAI's own default is. Pure.
/// </summary>
internal static class OpenAiImageInput
{
    /// <summary>The field of the source picture: a list of one.</summary>
    public const string ImageField = "image[]";

    /// <exception cref="InvalidOperationException">The model is not known at OpenAI.</exception>
    public static IReadOnlyList<KeyValuePair<string, string>> Fields(ModelInfo model, GenerationParameters asked, string prompt)
    {
        var wire = model.OpenAi ?? throw new InvalidOperationException($"How OpenAI is asked for {model.Id} is not known.");
        List<KeyValuePair<string, string>> fields =
        [
            new("model", wire.Model),
            new("prompt", prompt),
            new("size", Size(wire, asked)),
            new("quality", Listed(wire, asked.Quality) ?? Listed(wire, model.Capabilities.DefaultQuality) ?? "auto"),

            // One request an output: each is priced, tried again and shown by itself.
            new("n", "1"),
            new("output_format", "png"),
        ];
        if (wire.InputFidelity is { } fidelity)
        {
            fields.Add(new("input_fidelity", fidelity));
        }

        return fields;
    }

    /// <param name="source">Disposed with the form.</param>
    public static MultipartFormDataContent Form(IEnumerable<KeyValuePair<string, string>> fields, Stream source, string contentType)
    {
        var form = new MultipartFormDataContent();
        foreach (var (name, value) in fields)
        {
            Add(form, new StringContent(value, Encoding.UTF8), name, null);
        }

        var picture = new StreamContent(source);
        picture.Headers.ContentType = new MediaTypeHeaderValue(contentType);
        Add(form, picture, ImageField, "source." + (contentType == "image/jpeg" ? "jpg" : contentType.Split('/')[^1]));
        return form;
    }

    private static string Size(OpenAiWire wire, GenerationParameters asked) =>
        asked.Size is { } exact && wire.TakesSize(exact) ? exact
            : asked.AspectRatio is { } ratio && wire.Sizes.TryGetValue(ratio, out var mapped) ? mapped
            : "auto";

    private static string? Listed(OpenAiWire wire, string? quality) =>
        quality is null ? null : wire.Qualities.FirstOrDefault(listed => listed.Equals(quality, StringComparison.OrdinalIgnoreCase));

    // In quotes, as browsers and the vendor's own clients write them.
    private static void Add(MultipartFormDataContent form, HttpContent part, string name, string? fileName)
    {
        part.Headers.ContentDisposition = new ContentDispositionHeaderValue("form-data") { Name = $"\"{name}\"", FileName = fileName is null ? null : $"\"{fileName}\"" };
        form.Add(part);
    }
}
