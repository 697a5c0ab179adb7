using Npgsql;

namespace Testing;

/// <summary>A database of its own for one test class; dropped afterwards.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private TestDatabase(string connectionString) => ConnectionString = connectionString;

    public string ConnectionString { get; }

    /// <summary>A name that is free; the database is made by the service's own migration, as on a fresh machine.</summary>
    public static TestDatabase Fresh()
    {
        var builder = new NpgsqlConnectionStringBuilder(TestServers.Postgres) { Database = "t_" + Guid.NewGuid().ToString("N"), IncludeErrorDetail = true };
        return new TestDatabase(builder.ConnectionString);
    }

    /// <summary>A database that already exists.</summary>
    public static async Task<TestDatabase> CreateAsync()
    {
        var database = Fresh();
        await OnServerAsync($"create database \"{database.Name}\"");
        return database;
    }

    public string Name => new NpgsqlConnectionStringBuilder(ConnectionString).Database!;

    public async ValueTask DisposeAsync()
    {
        await OnServerAsync($"drop database if exists \"{Name}\" with (force)");
    }

    private static async Task OnServerAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(TestServers.Postgres) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
