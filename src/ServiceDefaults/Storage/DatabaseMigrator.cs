using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace ServiceDefaults.Storage;

/// <summary>
/// At start: creates the database if it is missing, the schema and its role, migrates, and grants. Any number of processes may do so at once;
/// an advisory lock lets one work at a time. Waits for PostgreSQL as long as it takes.
/// </summary>
public sealed class DatabaseMigrator<TContext>(DatabaseAddress address, TimeProvider time, ILogger<DatabaseMigrator<TContext>> logger) : IHostedService
    where TContext : DbContext
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromMilliseconds(500);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await MigrateAsync(cancellationToken);
                return;
            }
            // Also a server that goes down in the middle of it.
            catch (NpgsqlException exception) when (exception is { IsTransient: true } or not PostgresException { SqlState: not ("57P01" or "57P02" or "57P03" or "XX000" or "40P01" or "23505") })
            {
                logger.WaitingForDatabase(address.Schema, exception.Message);
                await Task.Delay(RetryAfter, time, cancellationToken);
            }
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task MigrateAsync(CancellationToken cancellationToken)
    {
        await CreateDatabaseAsync(cancellationToken);

        await using var connection = new NpgsqlConnection(address.AsOwner);
        await connection.OpenAsync(cancellationToken);
        await ExecuteAsync(connection, "select pg_advisory_lock(4242420001)", cancellationToken);
        await ExecuteAsync(connection, CreateRole(), cancellationToken);
        await ExecuteAsync(connection, $"create schema if not exists {address.Schema}", cancellationToken);

        await using (var context = ActivatorUtilities.CreateInstance<TContext>(EmptyServices, address.OwnerOptions<TContext>()))
        {
            await context.Database.MigrateAsync(cancellationToken);
        }

        await ExecuteAsync(connection, Grants(), cancellationToken);
        await ExecuteAsync(connection, "select pg_advisory_unlock(4242420001)", cancellationToken);
        logger.Migrated(address.Schema);
    }

    private static readonly IServiceProvider EmptyServices = new ServiceCollection().BuildServiceProvider();

    private async Task CreateDatabaseAsync(CancellationToken cancellationToken)
    {
        var server = new NpgsqlConnectionStringBuilder(address.AsOwner) { Database = "postgres" };
        await using var connection = new NpgsqlConnection(server.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        await using var exists = new NpgsqlCommand("select 1 from pg_database where datname = $1", connection) { Parameters = { new() { Value = address.Database } } };
        if (await exists.ExecuteScalarAsync(cancellationToken) is null)
        {
            try
            {
                await ExecuteAsync(connection, $"create database \"{address.Database.Replace("\"", "\"\"", StringComparison.Ordinal)}\"", cancellationToken);
            }
            catch (PostgresException exception) when (exception.SqlState is "42P04" or "23505")
            {
                // Another process was first.
            }
        }
    }

    // Roles belong to the whole server, so other databases' services may create the same one at the same moment.
    private string CreateRole() => string.Create(CultureInfo.InvariantCulture, $"""
        do $$ begin
            if not exists (select 1 from pg_roles where rolname = '{address.Role}') then
                create role {address.Role} nologin nosuperuser nobypassrls;
            end if;
            if not pg_has_role(current_user, '{address.Role}', 'member') then
                grant {address.Role} to current_user;
            end if;
        exception when duplicate_object or unique_violation then null;
        end $$
        """);

    private string Grants() => $"""
        grant usage on schema {address.Schema} to {address.Role};
        grant select, insert, update, delete on all tables in schema {address.Schema} to {address.Role};
        grant usage, select on all sequences in schema {address.Schema} to {address.Role};
        """;

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 120 };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
