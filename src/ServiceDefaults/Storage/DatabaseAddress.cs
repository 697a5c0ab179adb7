using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace ServiceDefaults.Storage;

/// <summary>One database seen by its owner, who migrates, and by a service's role, which works.</summary>
public sealed class DatabaseAddress
{
    // Plans are kept by each connection, and one made while a queue was empty reads whole tables when it is full. Everything a service asks for has an
    // index, so the scan of a whole table never is the right plan, nor is it worth compiling one (docs/decisions/0025).
    private const string Planner = "-c enable_seqscan=off -c enable_mergejoin=off -c jit=off -c plan_cache_mode=force_generic_plan";

    public DatabaseAddress(string ownerConnectionString, string schema, int poolSize)
    {
        Schema = schema;
        Role = "pipeline_" + schema;
        var owner = new NpgsqlConnectionStringBuilder(ownerConnectionString) { Pooling = false };
        AsOwner = owner.ConnectionString;
        Database = owner.Database ?? "pipeline";

        // A connection keeps the role for life, so it must not be reset between uses (a reset would go back to the owner).
        AsService = new NpgsqlConnectionStringBuilder(ownerConnectionString)
        {
            Options = $"-c role={Role} -c search_path={schema} {Planner}",
            NoResetOnClose = true,
            MaxPoolSize = poolSize,
            MaxAutoPrepare = 100,
            ApplicationName = schema,
        }.ConnectionString;
    }

    public string Schema { get; }

    /// <summary>The role without rights beyond this schema's rows.</summary>
    public string Role { get; }

    public string Database { get; }

    public string AsOwner { get; }

    public string AsService { get; }

    public void Configure(DbContextOptionsBuilder options, NpgsqlDataSource source) =>
        options.UseNpgsql(source, npgsql => npgsql.MigrationsHistoryTable("__migrations", Schema));

    public DbContextOptions<TContext> OwnerOptions<TContext>()
        where TContext : DbContext =>
        new DbContextOptionsBuilder<TContext>()
            .UseNpgsql(AsOwner, npgsql => npgsql.MigrationsHistoryTable("__migrations", Schema))
            .Options;
}
