using System.Globalization;
using Providers.Catalog;

namespace Sandbox.OpenAi;

/// <summary>One edit that was asked for, held to what the catalog says of OpenAI's fields.</summary>
/// <param name="Size">Such as <c>1024x1024</c>, or <c>auto</c>.</param>
/// <param name="Fidelity">Null where the model has no such field.</param>
/// <param name="Count">1..10.</param>
internal sealed record OpenAiEdit(ModelInfo Model, string Prompt, string Size, string Quality, string? Fidelity, int Count, IReadOnlyList<IFormFile> Images)
{
    private const int MostImages = 16;
    private const int MostCount = 10;

    private static readonly string[] Fields =
    [
        "model", "prompt", "n", "size", "quality", "background", "input_fidelity", "moderation", "output_format", "output_compression", "partial_images", "stream", "user",
    ];

    private static readonly string[] Types = ["image/png", "image/jpeg", "image/webp"];

    /// <summary>Either an edit or what is wrong with it. Pure.</summary>
    public static (OpenAiEdit? Edit, OpenAiError? Error) Read(IFormCollection form, ModelCatalog catalog)
    {
        if (form.Keys.FirstOrDefault(name => !Fields.Contains(name)) is { } unknown)
        {
            return (null, OpenAiError.Unknown(unknown));
        }

        // The real one takes a model of its choice; here a forgotten one shall show.
        if (Text(form, "model") is not { } name)
        {
            return (null, OpenAiError.Missing("model"));
        }

        if (catalog.All.FirstOrDefault(other => other.OpenAi?.Model == name) is not { OpenAi: { } wire } model)
        {
            return (null, OpenAiError.NoModel(name));
        }

        IReadOnlyList<IFormFile> images = [.. form.Files.Where(file => file.Name is "image" or "image[]")];
        if ((PromptFault(form, wire) ?? ImagesFault(images, wire) ?? ChoiceFault(form, wire)) is { } error)
        {
            return (null, error);
        }

        return (new OpenAiEdit(
            model,
            Text(form, "prompt")!,
            Text(form, "size") ?? "auto",
            Text(form, "quality") is { } quality and not "auto" ? quality : wire.Qualities[^1],
            wire.InputFidelity is null ? null : Text(form, "input_fidelity") ?? "low",
            Number(form, "n", 1) ?? 1,
            images), null);
    }

    private static OpenAiError? PromptFault(IFormCollection form, OpenAiWire wire) => Text(form, "prompt") switch
    {
        null => OpenAiError.Missing("prompt"),
        { } prompt when prompt.Length > wire.PromptMaxChars => OpenAiError.Field(
            "string_above_max_length", "prompt", $"Invalid 'prompt': string too long. Expected a string with maximum length {wire.PromptMaxChars}, but got a string with length {prompt.Length} instead."),
        _ => null,
    };

    private static OpenAiError? ImagesFault(IReadOnlyList<IFormFile> images, OpenAiWire wire)
    {
        if (images.Count == 0)
        {
            return OpenAiError.Missing("image");
        }

        if (images.Count > MostImages)
        {
            return OpenAiError.Field("array_above_max_length", "image", $"Invalid 'image': array too long. Expected an array with maximum length {MostImages}, but got an array with length {images.Count} instead.");
        }

        if (images.FirstOrDefault(image => !Types.Contains(TypeOf(image))) is { } strange)
        {
            return OpenAiError.Field(
                "unsupported_file_mimetype", "image", $"Invalid file 'image': unsupported mimetype ('{TypeOf(strange)}'). Supported file formats are 'image/jpeg', 'image/png', and 'image/webp'.");
        }

        return images.Any(image => image.Length > wire.MaxImageBytes)
            ? new OpenAiError(413, "invalid_request_error", null, "image", "The image is too large.")
            : images.Any(image => image.Length == 0) ? OpenAiError.Field("empty_image_file", "image", "The image is empty.") : null;
    }

    private static OpenAiError? ChoiceFault(IFormCollection form, OpenAiWire wire)
    {
        if (Text(form, "input_fidelity") is not null && wire.InputFidelity is null)
        {
            return OpenAiError.Field(
                "invalid_input_fidelity_model", "input_fidelity", $"The model '{wire.Model}' does not support the 'input_fidelity' parameter.", "image_generation_user_error");
        }

        return Text(form, "size") is { } size and not "auto" && !wire.TakesSize(size) ? OpenAiError.Invalid("size", size, Listed([.. wire.Sizes.Values.Distinct()]))
            : Listed(form, "quality", [.. wire.Qualities, "auto"])
            ?? Listed(form, "background", ["transparent", "opaque", "auto"])
            ?? Listed(form, "input_fidelity", ["high", "low"])
            ?? Listed(form, "output_format", ["png", "jpeg", "webp"])
            ?? (Text(form, "n") is { } count && Number(form, "n", 1) is not (>= 1 and <= MostCount) ? OpenAiError.Field("integer_out_of_range", "n", $"Invalid 'n': '{count}' is not from 1 to {MostCount}.") : null);
    }

    private static OpenAiError? Listed(IFormCollection form, string field, IReadOnlyList<string> accepted) =>
        Text(form, field) is { } value && !accepted.Contains(value) ? OpenAiError.Invalid(field, value, Listed(accepted)) : null;

    private static string Listed(IReadOnlyList<string> accepted) => string.Join(", ", accepted.Select(value => $"'{value}'"));

    // What states no type is told by its name.
    private static string TypeOf(IFormFile image) => image.Headers.ContentType.ToString() is { Length: > 0 } stated ? stated : Path.GetExtension(image.FileName).ToLowerInvariant() switch
    {
        ".png" => "image/png",
        ".jpg" or ".jpeg" => "image/jpeg",
        ".webp" => "image/webp",
        _ => "application/octet-stream",
    };

    private static string? Text(IFormCollection form, string name) => form.TryGetValue(name, out var values) && values.ToString() is { Length: > 0 } text ? text : null;

    private static int? Number(IFormCollection form, string name, int otherwise) =>
        Text(form, name) is not { } text ? otherwise : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
