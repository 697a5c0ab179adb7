using Contracts.Costs.Grpc;

namespace ServiceDefaults.Grpc;

/// <summary>The methods of <c>cost.proto</c>.</summary>
public static class CostMethods
{
    private const string Service = "pipeline.cost.v1.Cost";

    public static readonly GrpcMethod<EstimateRequest, EstimateReply> Estimate = new(Service, nameof(Estimate), EstimateRequest.Parser, EstimateReply.Parser);

    public static readonly GrpcMethod<ReserveRequest, ReserveReply> Reserve = new(Service, nameof(Reserve), ReserveRequest.Parser, ReserveReply.Parser);

    public static readonly GrpcMethod<ReleaseRequest, ReleaseReply> Release = new(Service, nameof(Release), ReleaseRequest.Parser, ReleaseReply.Parser);

    public static readonly GrpcMethod<PipelineSpendRequest, PipelineSpendReply> GetPipelineSpend =
        new(Service, nameof(GetPipelineSpend), PipelineSpendRequest.Parser, PipelineSpendReply.Parser);
}
