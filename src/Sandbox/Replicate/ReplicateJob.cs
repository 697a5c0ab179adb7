using System.Globalization;
using System.Text.Json.Nodes;
using Contracts.Generation;
using Providers;
using Providers.Catalog;
using Sandbox.Jobs;

namespace Sandbox.Replicate;

/// <summary>A prediction. Its input was looked at before it was accepted; everything about it, and its input, is told by one document.</summary>
internal sealed record ReplicateJob(string Id, ModelInfo Model, JsonObject Body, Uri Base, string Key, Fault Fault, DateTimeOffset SubmittedAt)
    : Job(Id, Model, Body, Base, Key, Fault, SubmittedAt)
{
    public override string Vendor => ProviderNames.Replicate;

    public override JsonArray? Check() => null;

    public override JobInput Read() => new(
        Prompt,
        Picture(Model.Replicate!.ImageField),
        new GenerationParameters(
            Model.Id,
            Text("aspect_ratio") is { } ratio && ratio.Contains(':', StringComparison.Ordinal) ? ratio : null,
            null,
            Text("resolution"),
            null,
            (int?)Number("duration") ?? Model.Capabilities.DefaultDurationSec,
            IsTrue("generate_audio"),
            Text("negative_prompt")),
        Number("seed"));

    /// <param name="removed">Its input and output are not kept any more.</param>
    public JsonObject Prediction(bool removed)
    {
        var body = new JsonObject
        {
            ["id"] = Id,
            ["model"] = Model.Replicate!.Model,
            ["version"] = "hidden",
            ["input"] = removed ? new JsonObject() : Body.DeepClone(),
            ["logs"] = removed || StartedAt is null ? "" : $"Prompt: {Prompt}\n",
            ["output"] = removed ? null : Output(),
            ["data_removed"] = removed,
            ["error"] = Error(),
            ["source"] = "api",
            ["status"] = Status(),
            ["created_at"] = Time(SubmittedAt),
            ["started_at"] = Time(StartedAt),
            ["completed_at"] = Time(EndedAt),
            ["urls"] = new JsonObject { ["get"] = $"{Base}v1/predictions/{Id}", ["cancel"] = $"{Base}v1/predictions/{Id}/cancel", ["web"] = Base.AbsoluteUri },
        };
        if (Outcome is not null)
        {
            body["metrics"] = Metrics();
        }

        return body;
    }

    private string Status() => this switch
    {
        { State: JobState.InQueue } => "starting",
        { Outcome: null } => "processing",
        { Outcome.Ok: true } => "succeeded",
        { Outcome.End: JobEnd.Cancelled } => "canceled",
        _ => "failed",
    };

    private JsonNode? Output() => Outcome?.File is { } made ? made.Address(this) : null;

    // Codes in parentheses at the end, as the makers of official models put them.
    private string? Error() => Outcome?.End switch
    {
        JobEnd.Refused => "The input or output was flagged as sensitive. Please try again with different inputs. (E005) (s4ndb0x)",
        JobEnd.SourceUnreadable => "The input was invalid. Please try again with different inputs. (E006) (s4ndb0x)",
        JobEnd.SourceUnreachable => $"Could not download the input of: {Prompt}",
        JobEnd.ModelError => "Service is temporarily unavailable. Please try again later. (E004) (s4ndb0x)",
        JobEnd.TimedOut => "Timeout starting prediction (E6716)",
        _ => null,
    };

    private JsonObject Metrics()
    {
        var metrics = new JsonObject { ["total_time"] = Seconds(SubmittedAt) };
        if (StartedAt is { } begun)
        {
            metrics["predict_time"] = Seconds(begun);
        }

        if (Outcome!.End == JobEnd.Made)
        {
            metrics[Model.Kind == GenerationKind.Video ? "video_output_count" : "image_output_count"] = 1;
            if (Model.Kind == GenerationKind.Video)
            {
                metrics["video_output_duration_seconds"] = Read().Parameters.DurationSec;
            }
        }

        return metrics;
    }

    private double Seconds(DateTimeOffset since) => Math.Round((EndedAt!.Value - since).TotalSeconds, 6);

    private static string? Time(DateTimeOffset? at) => at?.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture);
}
