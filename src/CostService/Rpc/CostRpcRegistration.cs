using ServiceDefaults.Grpc;

namespace CostService.Rpc;

internal static class CostRpcRegistration
{
    public static void AddCostRpc(this WebApplicationBuilder builder)
    {
        builder.AddGrpcEndpoint();
        builder.Services.AddSingleton<CostRpc>();
    }

    public static void MapCostRpc(this WebApplication app)
    {
        var rpc = app.Services.GetRequiredService<CostRpc>();
        app.MapGrpc(CostMethods.Estimate, (request, _) => Task.FromResult(rpc.Estimate(request)));
        app.MapGrpc(CostMethods.Reserve, rpc.ReserveAsync);
        app.MapGrpc(CostMethods.Release, rpc.ReleaseAsync);
        app.MapGrpc(CostMethods.GetPipelineSpend, rpc.GetPipelineSpendAsync);
        app.MapGrpc(CostMethods.ListProviderKeys, rpc.ListProviderKeysAsync);
        app.MapGrpc(CostMethods.PutProviderKey, rpc.PutProviderKeyAsync);
        app.MapGrpc(CostMethods.RemoveProviderKey, rpc.RemoveProviderKeyAsync);
    }
}
