using Contracts.Costs.Grpc;
using Contracts.Generation;
using CostService.Budgets;
using CostService.Estimates;
using CostService.Keys;
using Providers.Catalog;
using ServiceDefaults.Grpc;
using ServiceDefaults.Storage;

namespace CostService.Rpc;

/// <summary>The gRPC service of cost.proto: checks what comes in, asks estimator or ledger, and words the answer.</summary>
internal sealed class CostRpc(Estimator estimator, Ledger ledger, ProviderKeyStore keys)
{
    public EstimateReply Estimate(EstimateRequest request)
    {
        List<EstimatedLine> lines = [.. request.Lines.Select(line => estimator.Line(line.StepType, Parameters(line.Parameters), line.Count, Given(line.Provider)))];
        var total = Estimator.Total(lines);
        return new EstimateReply
        {
            Lines = { lines.Select(Priced) },
            Total = total is { } sum ? Money.ToWire(sum) : string.Empty,
            TotalDisplay = total is { } shown ? Money.Display(shown) : string.Empty,
            Display = EstimateText.Tree(lines),
            Currency = "USD",
        };
    }

    public async Task<ReserveReply> ReserveAsync(ReserveRequest request, CancellationToken cancellationToken)
    {
        RequireIds(request.TenantId, request.PipelineId);
        var cap = request.PipelineCap.Length == 0 ? (decimal?)null : Amount("pipeline_cap", request.PipelineCap);
        List<HoldRequest> holds = [.. request.Holds.Select((hold, index) => new HoldRequest(Attempt(hold, index), Amount($"holds[{index}].amount", hold.Amount)))];
        var grant = await ledger.ReserveAsync(
            new Reservation(request.TenantId, request.PipelineId, cap, request.Simulated, [.. holds.DistinctBy(hold => hold.Attempt)]), cancellationToken);
        return new ReserveReply
        {
            GrantedItemIds = { grant.Granted.Select(attempt => attempt.ItemId) },
            RefusedBy = grant.RefusedBy?.Word() ?? string.Empty,
        };
    }

    public async Task<ReleaseReply> ReleaseAsync(ReleaseRequest request, CancellationToken cancellationToken)
    {
        RequireIds(request.TenantId, request.PipelineId);
        await ledger.ReleaseAsync(request.TenantId, request.PipelineId, [.. request.Holds.Select(Attempt)], cancellationToken);
        return new ReleaseReply();
    }

    public async Task<PipelineSpendReply> GetPipelineSpendAsync(PipelineSpendRequest request, CancellationToken cancellationToken)
    {
        RequireIds(request.TenantId, request.PipelineId);
        var (held, spent) = await ledger.SpendAsync(request.TenantId, request.PipelineId, cancellationToken);
        return new PipelineSpendReply { Held = Money.ToWire(held), Spent = Money.ToWire(spent) };
    }

    public async Task<ProviderKeysReply> ListProviderKeysAsync(ProviderKeysRequest request, CancellationToken cancellationToken) =>
        await keys.ReadAsync(request.KnownVersion, cancellationToken) is { } view
            ? new ProviderKeysReply
            {
                Version = view.Version,
                Keys = { view.Keys.Select(key => new ProviderKey { TenantId = key.TenantId, Provider = key.Provider, Sealed = key.Text, Hint = key.Hint, ChangedAtMs = key.ChangedAt.ToUnixTimeMilliseconds() }) },
            }
            : new ProviderKeysReply { Version = request.KnownVersion, Unchanged = true };

    public async Task<PutProviderKeyReply> PutProviderKeyAsync(PutProviderKeyRequest request, CancellationToken cancellationToken)
    {
        if (request.Key is not { TenantId: > 0, Provider.Length: > 0 and <= 40, Sealed.Length: > 0, Hint.Length: <= 8 } key)
        {
            throw new GrpcException(StatusCode.InvalidArgument, "key needs a tenant_id above 0, a provider, a sealed text and a hint of at most 8 letters.");
        }

        await keys.PutAsync(key.TenantId, key.Provider, key.Sealed, key.Hint, cancellationToken);
        return new PutProviderKeyReply();
    }

    public async Task<RemoveProviderKeyReply> RemoveProviderKeyAsync(RemoveProviderKeyRequest request, CancellationToken cancellationToken)
    {
        await keys.RemoveAsync(request.TenantId, request.Provider, cancellationToken);
        return new RemoveProviderKeyReply();
    }

    private static PricedLine Priced(EstimatedLine line) => new()
    {
        StepType = line.StepType,
        Model = line.Model ?? string.Empty,
        Count = line.Count,
        Unit = EstimateText.Unit(line.StepType),
        UnitPrice = line.UnitPrice is { } price ? Money.ToWire(price) : string.Empty,
        Amount = line.Amount is { } amount ? Money.ToWire(amount) : string.Empty,
        AmountDisplay = line.Amount is { } shown ? Money.Display(shown) : string.Empty,
        Error = line.Error ?? string.Empty,
    };

    private static GenerationParameters? Parameters(ModelParameters? sent) => sent is null
        ? null
        : new GenerationParameters(
            sent.Model, Given(sent.AspectRatio), Given(sent.Size), Given(sent.Resolution), Given(sent.Quality),
            sent.DurationSec == 0 ? null : sent.DurationSec, sent.Audio);

    private static string? Given(string text) => text.Length == 0 ? null : text;

    private static void RequireIds(long tenantId, long pipelineId)
    {
        if (tenantId <= 0 || pipelineId <= 0)
        {
            throw new GrpcException(StatusCode.InvalidArgument, "tenant_id and pipeline_id have to be above 0.");
        }
    }

    private static Attempt Attempt(Hold hold, int index) => hold is { ItemId: > 0, Attempt: > 0 }
        ? new Attempt(hold.ItemId, hold.Attempt)
        : throw new GrpcException(StatusCode.InvalidArgument, $"holds[{index}] needs an item_id and an attempt above 0.");

    private static decimal Amount(string field, string text) => Money.FromWire(text)
        ?? throw new GrpcException(StatusCode.InvalidArgument, $"{field} has to be US dollars as a decimal of 0 or more with at most six places, for example 0.028.");
}
