namespace PipelineService.Orchestration;

/// <summary>Whose turn it is: one row a lane and pipeline, changed with the items it counts.</summary>
public sealed class DispatchQueue
{
    public required string Lane { get; init; }

    public required long TenantId { get; init; }

    public required long PipelineId { get; init; }

    public int Queued { get; set; }

    public int InFlight { get; set; }

    /// <summary>Nothing is sent while true: paused, or waiting behind a step.</summary>
    public bool Held { get; set; }

    /// <summary>Work done so far over weight; the smallest goes next.</summary>
    public double VirtualTime { get; set; }
}
