using System.Text.Json.Nodes;
using Contracts.Generation;
using Providers.Catalog;

namespace Sandbox.Jobs;

internal enum JobState
{
    InQueue,
    InProgress,
    Completed,
}

/// <summary>One accepted request. Each vendor has its own kind, which knows how that vendor's bodies are read.</summary>
/// <param name="Base">The address it was sent to, which its own addresses begin with.</param>
/// <param name="Key">The asker's own name for it; empty when it gave none.</param>
internal abstract record Job(string Id, ModelInfo Model, JsonObject Body, Uri Base, string Key, Fault Fault, DateTimeOffset SubmittedAt)
{
    public abstract string Vendor { get; }

    /// <summary>Where its end is called back; null when nobody asked for it.</summary>
    public Uri? Callback { get; init; }

    public JobState State { get; init; }

    public bool CancelAsked { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Null until it is completed.</summary>
    public JobOutcome? Outcome { get; init; }

    public string Prompt => Text("prompt") ?? "";

    /// <summary>What the model finds wrong when it begins, in the vendor's words; null when it takes the body.</summary>
    public abstract JsonArray? Check();

    /// <summary>What it asks for. Only after <see cref="Check"/>.</summary>
    public abstract JobInput Read();

    protected string? Text(string name) => Body[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    protected long? Number(string name) => Body[name] is JsonValue value && value.TryGetValue<long>(out var number) ? number : null;

    protected bool IsTrue(string name) => Body[name]?.GetValueKind() == System.Text.Json.JsonValueKind.True;

    /// <summary>The first picture of a field that holds one or several.</summary>
    protected string? Picture(string name) => Body[name] switch
    {
        JsonArray { Count: > 0 } many => many[0]?.ToString(),
        JsonValue one => one.ToString(),
        _ => null,
    };
}

/// <param name="Source">An address or a data URI.</param>
/// <param name="Seed">Null when none is asked for.</param>
internal sealed record JobInput(string Prompt, string? Source, GenerationParameters Parameters, long? Seed);

internal enum JobEnd
{
    Made,
    NoMedia,
    Cancelled,
    Invalid,
    Refused,
    SourceUnreachable,
    SourceUnreadable,
    ModelError,
    TimedOut,
}

/// <summary>What became of a job.</summary>
/// <param name="Units">Billed: images, clips or seconds of video; 0 for what failed.</param>
internal sealed record JobOutcome(JobEnd End, decimal Units = 0)
{
    /// <summary>Only when it was made.</summary>
    public MadeFile? File { get; init; }

    /// <summary>Only when it is invalid: as <see cref="Job.Check"/> says.</summary>
    public JsonArray? Faults { get; init; }

    public bool Ok => End is JobEnd.Made or JobEnd.NoMedia;
}

/// <param name="Id">In the file store.</param>
internal sealed record MadeFile(string Id, string Name, string ContentType, long Bytes)
{
    /// <summary>Where it is fetched from, which a fault may have moved.</summary>
    public string Address(Job job) => job.Fault == Fault.PrivateFile ? "http://10.1.2.3/" + Name : $"{job.Base}files/{Id}/{Name}";
}
