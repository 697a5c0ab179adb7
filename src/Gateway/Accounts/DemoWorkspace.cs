using Gateway.Identity;
using Gateway.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Gateway.Accounts;

/// <summary>The workspace to try things in: made at start with one user and one key. In Development only.</summary>
internal sealed class DemoWorkspace(
    IServiceScopeFactory scopes, IOptions<DemoOptions> options, IHostEnvironment environment, TimeProvider time, ILogger<DemoWorkspace> logger) : IHostedService
{
    public const string Slug = "demo";

    public bool IsAvailable => environment.IsDevelopment() && options.Value.ApiKey is not null;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (!IsAvailable)
        {
            return;
        }

        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<GatewayDbContext>();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);

        // Several gateways may start at once on an empty database.
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(4242420002)", cancellationToken);
        await EnsureAsync(db, options.Value.ApiKey!, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task EnsureAsync(GatewayDbContext db, string apiKey, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var workspace = await db.Workspaces.SingleOrDefaultAsync(row => row.Slug == Slug, cancellationToken);
        if (workspace is null)
        {
            workspace = db.Workspaces.Add(new Workspace { Slug = Slug, Name = "Demo", CreatedAt = now }).Entity;
            await db.SaveChangesAsync(cancellationToken);
            db.Users.Add(new User { TenantId = workspace.Id, Name = "Demo", CreatedAt = now });
            logger.DemoCreated(workspace.Id);
        }

        var hash = Credential.HashOf(apiKey);
        if (!await db.ApiKeys.AnyAsync(row => row.Hash == hash, cancellationToken))
        {
            // A key of an earlier start is not known to anyone any more.
            await db.ApiKeys.Where(row => row.TenantId == workspace.Id && row.Name == Slug && row.RevokedAt == null)
                .ExecuteUpdateAsync(row => row.SetProperty(key => key.RevokedAt, now), cancellationToken);
            db.ApiKeys.Add(new ApiKey { TenantId = workspace.Id, Name = Slug, Prefix = ApiKeysApi.PrefixOf(apiKey), Hash = hash, Scopes = [.. Scopes.All], CreatedAt = now });
        }

        await db.SaveChangesAsync(cancellationToken);
    }
}
