using System.Globalization;
using System.Text.Json.Nodes;
using Contracts.Generation;
using Providers;
using Providers.Catalog;
using Sandbox.Jobs;

namespace Sandbox.Fal;

/// <summary>A request of fal's queue. Its body is looked at when the model begins, and its end is told by the status and body of the result.</summary>
internal sealed record FalJob(string Id, ModelInfo Model, JsonObject Body, Uri Base, string Key, Fault Fault, DateTimeOffset SubmittedAt)
    : Job(Id, Model, Body, Base, Key, Fault, SubmittedAt)
{
    public override string Vendor => ProviderNames.Fal;

    public string App => Model.Wire!.QueueApp;

    public override JsonArray? Check() => FalSchema.Check(Model.Wire!, Body);

    public override JobInput Read()
    {
        var size = Text("image_size");
        return new JobInput(
            Prompt,
            Picture(Model.Wire!.ImageField),
            new GenerationParameters(
                Model.Id,
                Text("aspect_ratio"),
                size is not null && char.IsAsciiDigit(size[0]) ? size : null,
                Text("resolution"),
                Text("quality"),
                Seconds() ?? Model.Capabilities.DefaultDurationSec,
                IsTrue("generate_audio"),
                Text("negative_prompt")),
            Number("seed"));
    }

    /// <summary>What the result call answers; null until it is completed.</summary>
    public (int Status, JsonObject Body)? Answer() => Outcome is not { } outcome ? null : outcome.End switch
    {
        JobEnd.Made => (200, Media(outcome.File!)),
        JobEnd.NoMedia => (200, new JsonObject { ["images"] = new JsonArray() }),
        JobEnd.Invalid => (422, new JsonObject { ["detail"] = outcome.Faults!.DeepClone() }),

        // The real one repeats the input as well; whoever logs an answer has then logged the prompt.
        JobEnd.Refused => Error(
            422, "content_policy_violation", "The content could not be processed because it contained material flagged by a content checker.", input: new JsonObject { ["prompt"] = Prompt }),
        JobEnd.SourceUnreachable => Error(422, "file_download_error", "Failed to download the file", Model.Wire!.ImageField),
        JobEnd.SourceUnreadable => Error(422, "image_load_error", "The image could not be loaded", Model.Wire!.ImageField),
        JobEnd.TimedOut => (504, Infrastructure("Generation timed out", "generation_timeout")),
        JobEnd.Cancelled => (499, Infrastructure("Request was cancelled", "client_cancelled")),
        _ => Error(500, "internal_server_error", "Internal server error"),
    };

    private JsonObject Media(MadeFile made)
    {
        var file = new JsonObject { ["url"] = made.Address(this), ["content_type"] = made.ContentType, ["file_name"] = made.Name, ["file_size"] = made.Bytes };
        var body = Model.Kind == GenerationKind.Video ? new JsonObject { ["video"] = file } : new JsonObject { ["images"] = new JsonArray(file), ["description"] = "" };
        if (Body["seed"] is { } seed)
        {
            body["seed"] = seed.DeepClone();
        }

        return body;
    }

    private int? Seconds() => int.TryParse(Body["duration"]?.ToString().TrimEnd('s'), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? seconds : null;

    private static JsonObject Infrastructure(string detail, string type) => new() { ["detail"] = detail, ["error_type"] = type };

    /// <summary>A model's own error, in fal's shape.</summary>
    private static (int, JsonObject) Error(int status, string type, string message, string field = "prompt", JsonNode? input = null) => (status, new JsonObject
    {
        ["detail"] = new JsonArray(new JsonObject
        {
            ["loc"] = new JsonArray("body", field),
            ["msg"] = message,
            ["type"] = type,
            ["url"] = "https://docs.fal.ai/errors#" + type,
            ["ctx"] = new JsonObject(),
            ["input"] = input,
        }),
    });
}
