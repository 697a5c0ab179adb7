using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace ServiceDefaults.Grpc;

public static class CostClientRegistration
{
    /// <summary>Adds <see cref="CostClient"/> for the address in <c>services:costservice:grpc:0</c>.</summary>
    public static void AddCostClient(this WebApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var address = Uri.TryCreate(builder.Configuration["services:costservice:grpc:0"], UriKind.Absolute, out var uri)
            ? uri
            : throw new InvalidOperationException("services:costservice:grpc:0 is not set to the address of the cost service's gRPC endpoint.");

        builder.Services.AddOptions<CostClientOptions>().BindConfiguration(CostClientOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton(services => new GrpcChannel(address, services.GetRequiredService<TimeProvider>()));
        builder.Services.AddSingleton<CostClient>();
    }
}
