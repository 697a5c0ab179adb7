using PipelineService.Pipelines;
using ServiceDefaults.OpenApi;
using ServiceDefaults.Storage;

namespace PipelineService.Progress;

/// <summary>The six events of the feed and their data.</summary>
public static class ProgressEvents
{
    public const string PipelineStatusName = "pipeline_status";
    public const string StepProgressName = "step_progress";
    public const string OutputReadyName = "output_ready";
    public const string CostUpdateName = "cost_update";
    public const string ErrorName = "error";
    public const string ReviewChangedName = "review_changed";

    public static readonly IReadOnlyList<string> Names = [OutputReadyName, StepProgressName, CostUpdateName, PipelineStatusName, ErrorName, ReviewChangedName];

    public static NewEvent PipelineStatus(long tenantId, long pipelineId, PipelineStatus status, long? currentStep) =>
        new(tenantId, pipelineId, PipelineStatusName, new PipelineStatusData(pipelineId, status.Word(), currentStep));

    public static NewEvent StepProgress(long tenantId, long pipelineId, long stepId, decimal percent, int outputs, int total, int? etaSec) =>
        new(tenantId, pipelineId, StepProgressName, new StepProgressData(pipelineId, stepId, percent, outputs, total, etaSec));

    /// <param name="assetId">Null for a prompt, which has no file.</param>
    public static NewEvent OutputReady(long tenantId, long pipelineId, long stepId, long outputId, string type, long? assetId) => new(
        tenantId, pipelineId, OutputReadyName,
        new OutputReadyData(pipelineId, stepId, outputId, assetId is null ? null : $"/assets/{assetId}/content", type, assetId is null ? null : $"/assets/{assetId}/thumbnail"));

    public static NewEvent CostUpdate(long tenantId, long pipelineId, decimal costActual) =>
        new(tenantId, pipelineId, CostUpdateName, new CostUpdateData(pipelineId, costActual));

    public static NewEvent Error(long tenantId, long pipelineId, long stepId, long itemId, string message, bool retryable) =>
        new(tenantId, pipelineId, ErrorName, new ErrorData(pipelineId, stepId, itemId, message, retryable));

    /// <summary>Somebody judged, edited or added outputs.</summary>
    /// <param name="version">Of the step, since the change.</param>
    public static NewEvent ReviewChanged(long tenantId, long pipelineId, long stepId, int version) =>
        new(tenantId, pipelineId, ReviewChangedName, new ReviewChangedData(pipelineId, stepId, version));

    private sealed record ReviewChangedData(long PipelineId, long StepId, int Version);

    private sealed record PipelineStatusData(long Id, string Status, long? CurrentStep);

    private sealed record StepProgressData(long PipelineId, long StepId, decimal ProgressPct, int OutputsSoFar, int Total, int? EtaSec);

    private sealed record OutputReadyData(long PipelineId, long StepId, long OutputId, string? OutputUrl, string OutputType, string? ThumbnailUrl);

    private sealed record CostUpdateData(long PipelineId, decimal CostActual);

    private sealed record ErrorData(long PipelineId, long StepId, long ItemId, string ErrorMessage, bool Retryable);
}

[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
internal sealed class EventWordsAttribute() : WordsAttribute([.. ProgressEvents.Names]);
