using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace ServiceDefaults.Grpc;

public static class CostClientRegistration
{
    /// <summary>The setting that says where the cost service is.</summary>
    public const string Address = "services:costservice:grpc:0";

    /// <summary>Adds <see cref="CostClient"/> for the address in <see cref="Address"/>; harmless when it is there already.</summary>
    public static void AddCostClient(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var address = Uri.TryCreate(builder.Configuration[Address], UriKind.Absolute, out var uri)
            ? uri
            : throw new InvalidOperationException(Address + " is not set to the address of the cost service's gRPC endpoint.");

        builder.Services.AddOptions<CostClientOptions>().BindConfiguration(CostClientOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.TryAddSingleton(services => new GrpcChannel(address, services.GetRequiredService<TimeProvider>()));
        builder.Services.TryAddSingleton<CostClient>();
    }
}
