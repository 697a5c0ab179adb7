using System.Text.Json.Nodes;
using Providers.Catalog;

namespace Sandbox.Fal;

internal enum FalState
{
    InQueue,
    InProgress,
    Completed,
}

/// <summary>One accepted request.</summary>
/// <param name="Base">The address it was sent to, which its own addresses begin with.</param>
/// <param name="Key">The asker's own name for it, out of its tags; empty when it gave none.</param>
internal sealed record FalJob(string Id, ModelInfo Model, JsonObject Body, Uri Base, string Key, Fault Fault, DateTimeOffset SubmittedAt)
{
    public FalState State { get; init; }

    public bool CancelAsked { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Null until it is completed.</summary>
    public FalOutcome? Outcome { get; init; }

    public string App => Model.Wire!.QueueApp;

    public string Prompt => Body["prompt"] is JsonValue value && value.TryGetValue<string>(out var text) ? text : "";
}

/// <summary>What the model answered, with the status and body that the result call passes on.</summary>
/// <param name="Units">Billed: images, or seconds of video; 0 for what failed.</param>
internal sealed record FalOutcome(int Status, JsonObject Body, decimal Units)
{
    public bool Ok => Status == StatusCodes.Status200OK;

    /// <summary>A model's own error, in fal's shape.</summary>
    public static FalOutcome Error(int status, string type, string message, string field = "prompt", JsonObject? context = null, JsonNode? input = null) => new(
        status,
        new JsonObject
        {
            ["detail"] = new JsonArray(new JsonObject
            {
                ["loc"] = new JsonArray("body", field),
                ["msg"] = message,
                ["type"] = type,
                ["url"] = "https://docs.fal.ai/errors#" + type,
                ["ctx"] = context ?? [],
                ["input"] = input,
            }),
        },
        0);
}
