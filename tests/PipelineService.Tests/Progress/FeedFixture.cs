using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using PipelineService.Pipelines;
using PipelineService.Progress;
using PipelineService.Storage;
using PipelineService.Tests.Assets;

namespace PipelineService.Tests.Progress;

/// <summary>The feed over HTTP. The look at the database is far apart, so what arrives soon came by a wake-up.</summary>
public sealed class FeedFixture : IAsyncLifetime
{
    public LibraryHost Host { get; private set; } = null!;

    public async Task InitializeAsync() => Host = await StartAsync(new Dictionary<string, string?>
    {
        ["Progress:LookEvery"] = "00:01:00",
        ["Progress:LookEveryWithoutRedis"] = "00:01:00",
    });

    public async Task DisposeAsync() => await Host.DisposeAsync();

    public static Task<LibraryHost> StartAsync(Dictionary<string, string?> settings, string? redis = null) =>
        LibraryHost.StartAsync(builder => builder.AddProgress(), app => app.MapProgress(), settings, redis);

    public static Task EmitAsync(LibraryHost host, Pipeline pipeline, int count, int padding = 0) => EmitAsync(host, [.. Enumerable.Range(0, count).Select(n => new NewEvent(
        pipeline.TenantId, pipeline.Id, ProgressEvents.ErrorName, new { pipeline_id = pipeline.Id, error_message = new string('x', padding) }))]);

    /// <summary>Writes events as the engine does, in one transaction, and announces them.</summary>
    public static async Task EmitAsync(LibraryHost host, IReadOnlyList<NewEvent> events)
    {
        await using var scope = host.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PipelineDbContext>();
        await using var transaction = await db.Database.BeginTransactionAsync();
        var written = await EventWriter.AppendAsync(
            (NpgsqlConnection)db.Database.GetDbConnection(), (NpgsqlTransaction)transaction.GetDbTransaction(), [], events, TimeProvider.System.GetUtcNow(), CancellationToken.None);
        await transaction.CommitAsync();
        await host.Services.GetRequiredService<ProgressAnnouncer>().AnnounceAsync(written, CancellationToken.None);
    }

    internal static Task<Pipeline> PipelineAsync(LibraryHost host, long tenantId) => Ledger.AddPipelineAsync(host, tenantId, PipelineStatus.Running);
}
