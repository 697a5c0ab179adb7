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

    public static readonly GrpcMethod<ProviderKeysRequest, ProviderKeysReply> ListProviderKeys =
        new(Service, nameof(ListProviderKeys), ProviderKeysRequest.Parser, ProviderKeysReply.Parser);

    public static readonly GrpcMethod<PutProviderKeyRequest, PutProviderKeyReply> PutProviderKey =
        new(Service, nameof(PutProviderKey), PutProviderKeyRequest.Parser, PutProviderKeyReply.Parser);

    public static readonly GrpcMethod<RemoveProviderKeyRequest, RemoveProviderKeyReply> RemoveProviderKey =
        new(Service, nameof(RemoveProviderKey), RemoveProviderKeyRequest.Parser, RemoveProviderKeyReply.Parser);
}
