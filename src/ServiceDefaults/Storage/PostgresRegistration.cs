using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace ServiceDefaults.Storage;

/// <summary>
/// PostgreSQL from <c>ConnectionStrings:postgres</c>: what Aspire.Npgsql.EntityFrameworkCore.PostgreSQL would add (docs/decisions).
/// Each service owns one schema; it migrates as the owner and works as a role that may only read and write that schema's rows.
/// </summary>
public static class PostgresRegistration
{
    /// <param name="schema">The schema this service owns; no other service reads it.</param>
    /// <param name="poolSize">Most connections of this process.</param>
    public static void AddPostgres<TContext>(this WebApplicationBuilder builder, string schema, int poolSize = 24)
        where TContext : DbContext
    {
        ArgumentNullException.ThrowIfNull(builder);
        var owner = builder.Configuration.GetConnectionString("postgres")
            ?? throw new InvalidOperationException("ConnectionStrings:postgres is not set.");
        var database = new DatabaseAddress(owner, schema, poolSize);

        builder.Services.AddSingleton(database);
        builder.Services.AddSingleton(_ => new NpgsqlDataSourceBuilder(database.AsService).Build());
        builder.Services.AddDbContextPool<TContext>((services, options) =>
            database.Configure(options, services.GetRequiredService<NpgsqlDataSource>()));
        // Before every other hosted service: the host starts them in this order, and the schema has to stand first.
        builder.Services.Insert(0, ServiceDescriptor.Singleton<IHostedService, DatabaseMigrator<TContext>>());
        builder.Services.AddHealthChecks().AddCheck<PostgresHealth>("postgres", HealthStatus.Unhealthy);
    }

    private sealed class PostgresHealth(NpgsqlDataSource database) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            try
            {
                await using var command = database.CreateCommand("select 1");
                await command.ExecuteScalarAsync(cancellationToken);
                return HealthCheckResult.Healthy();
            }
            catch (NpgsqlException exception)
            {
                return HealthCheckResult.Unhealthy("PostgreSQL cannot be reached.", exception);
            }
        }
    }
}
