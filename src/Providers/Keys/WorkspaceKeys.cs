using System.Collections.Frozen;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Providers.Traffic;
using ServiceDefaults.Grpc;

namespace Providers.Keys;

/// <summary>
/// Whose key pays for what: a workspace's own where it brought one, else the installation's. Knows all workspaces' keys, encrypted, and looks after changes every
/// few seconds; what it knew stays good while the shelf cannot be reached.
/// </summary>
public sealed class WorkspaceKeys(IKeyShelf shelf, KeySeal seal, IOptions<KeysOptions> options, TimeProvider time, ILogger<WorkspaceKeys> logger) : BackgroundService
{
    private readonly SemaphoreSlim _one = new(1);
    private volatile Shelf? _shelf;

    /// <summary>Looks at the shelf now.</summary>
    /// <exception cref="GrpcException">It cannot be reached.</exception>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            if (await shelf.ReadAsync(_shelf?.Version ?? string.Empty, cancellationToken) is { } view)
            {
                _shelf = new Shelf(view.Version, view.Keys.ToFrozenDictionary(key => (key.TenantId, key.Provider), key => new Entry(key, new Lazy<string?>(() => seal.Open(key)))));
            }

            _shelf ??= Shelf.Empty;
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Providers that a workspace has brought keys for, as far as is known.</summary>
    public IReadOnlyList<string> Of(long tenantId) =>
        _shelf is { Keys.Count: > 0 } known ? [.. known.Keys.Keys.Where(key => key.TenantId == tenantId).Select(key => key.Provider)] : [];

    /// <summary>All workspaces' keys, as far as is known.</summary>
    public IReadOnlyCollection<SealedKey> All => _shelf is { Keys.Count: > 0 } known ? [.. known.Keys.Values.Select(entry => entry.Key)] : [];

    /// <summary>The stored key of a workspace, for what may be shown of it.</summary>
    public SealedKey? Find(long tenantId, string provider) => _shelf?.Keys.GetValueOrDefault((tenantId, Name(provider)))?.Key;

    /// <summary>Whom a workspace asks for what, and whose limits hold then.</summary>
    /// <param name="model">Null for prompts.</param>
    public RouteKey Route(long tenantId, string provider, string? model) => RouteKey.Of(provider, model, Find(tenantId, provider) is null ? null : tenantId);

    public override void Dispose()
    {
        _one.Dispose();
        base.Dispose();
    }

    /// <summary>The key for a call. Waits for the first look at the shelf: until then it is not known whose account it would be.</summary>
    /// <param name="installation">The installation's key; empty for none.</param>
    internal async ValueTask<VendorKey> OfAsync(string provider, long tenantId, string installation, CancellationToken cancellationToken)
    {
        if (_shelf is null)
        {
            try
            {
                await RefreshAsync(cancellationToken);
            }
            catch (GrpcException exception)
            {
                logger.KeysUnknown(exception.Message);
                return new VendorKey(string.Empty, Own: false, Unknown: true);
            }
        }

        return _shelf!.Keys.GetValueOrDefault((tenantId, Name(provider))) is { } own ? new VendorKey(own.Opened.Value ?? string.Empty, Own: true) : new VendorKey(installation, Own: false);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (shelf is NoKeyShelf)
        {
            return;
        }

        var away = false;
        using var timer = new PeriodicTimer(options.Value.ReadEvery, time);
        try
        {
            do
            {
                try
                {
                    await RefreshAsync(stoppingToken);
                    away = false;
                }
                catch (Exception exception) when (exception is not OutOfMemoryException && !stoppingToken.IsCancellationRequested)
                {
                    if (!away)
                    {
                        logger.KeysUnknown(exception.Message);
                    }

                    away = true;
                }
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The process stops.
        }
    }

    private static string Name(string provider) => provider.ToLowerInvariant();

    private sealed record Entry(SealedKey Key, Lazy<string?> Opened);

    private sealed record Shelf(string Version, FrozenDictionary<(long TenantId, string Provider), Entry> Keys)
    {
        public static Shelf Empty { get; } = new(string.Empty, FrozenDictionary<(long, string), Entry>.Empty);
    }
}
