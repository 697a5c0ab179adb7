using Contracts.Costs.Grpc;
using Microsoft.Extensions.Options;

namespace ServiceDefaults.Grpc;

/// <summary>
/// Asks the cost service. Every method may be repeated; an unreachable service is tried again until <see cref="CostClientOptions.Deadline"/>,
/// then each throws <see cref="GrpcException"/>.
/// </summary>
public sealed class CostClient(GrpcChannel channel, IOptions<CostClientOptions> options)
{
    private readonly TimeSpan _deadline = options.Value.Deadline;

    public Task<EstimateReply> EstimateAsync(EstimateRequest request, CancellationToken cancellationToken) =>
        channel.CallAsync(CostMethods.Estimate, request, _deadline, cancellationToken);

    public Task<ReserveReply> ReserveAsync(ReserveRequest request, CancellationToken cancellationToken) =>
        channel.CallAsync(CostMethods.Reserve, request, _deadline, cancellationToken);

    public Task<ReleaseReply> ReleaseAsync(ReleaseRequest request, CancellationToken cancellationToken) =>
        channel.CallAsync(CostMethods.Release, request, _deadline, cancellationToken);

    public Task<PipelineSpendReply> GetPipelineSpendAsync(PipelineSpendRequest request, CancellationToken cancellationToken) =>
        channel.CallAsync(CostMethods.GetPipelineSpend, request, _deadline, cancellationToken);

    public Task<ProviderKeysReply> ListProviderKeysAsync(ProviderKeysRequest request, CancellationToken cancellationToken) =>
        channel.CallAsync(CostMethods.ListProviderKeys, request, _deadline, cancellationToken);

    public Task<PutProviderKeyReply> PutProviderKeyAsync(PutProviderKeyRequest request, CancellationToken cancellationToken) =>
        channel.CallAsync(CostMethods.PutProviderKey, request, _deadline, cancellationToken);

    public Task<RemoveProviderKeyReply> RemoveProviderKeyAsync(RemoveProviderKeyRequest request, CancellationToken cancellationToken) =>
        channel.CallAsync(CostMethods.RemoveProviderKey, request, _deadline, cancellationToken);
}
