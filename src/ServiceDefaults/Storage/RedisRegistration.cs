using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using StackExchange.Redis;

namespace ServiceDefaults.Storage;

/// <summary>One connection to Redis for the process, from <c>ConnectionStrings:redis</c>. Starts and goes on while Redis is away.</summary>
public static class RedisRegistration
{
    public static void AddRedis(this WebApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var text = builder.Configuration.GetConnectionString("redis")
            ?? throw new InvalidOperationException("ConnectionStrings:redis is not set.");
        var options = ConfigurationOptions.Parse(text);
        options.AbortOnConnectFail = false;
        // tries of the first connect, which holds up the start; later ones go on for ever by themselves
        options.ConnectRetry = 1;
        options.ConnectTimeout = 2000;
        options.SyncTimeout = 2000;
        builder.Services.AddSingleton<IConnectionMultiplexer>(_ => ConnectionMultiplexer.Connect(options));
        builder.Services.AddHealthChecks().AddCheck<RedisHealth>("redis", HealthStatus.Degraded);
    }

    /// <summary>Degraded, not unhealthy: everything goes on without Redis, only slower.</summary>
    private sealed class RedisHealth(IConnectionMultiplexer redis) : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
            Task.FromResult(redis.IsConnected ? HealthCheckResult.Healthy() : HealthCheckResult.Degraded("Redis cannot be reached."));
    }
}
