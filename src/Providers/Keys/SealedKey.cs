namespace Providers.Keys;

/// <summary>A workspace's key as it is stored.</summary>
/// <param name="Provider">In lower case.</param>
/// <param name="Text">Encrypted; see <see cref="KeySeal"/>.</param>
/// <param name="Hint">Its last letters, for people to tell it by.</param>
public sealed record SealedKey(long TenantId, string Provider, string Text, string Hint, DateTimeOffset ChangedAt);

/// <summary>Where workspaces' keys are kept.</summary>
public interface IKeyShelf
{
    /// <summary>All keys of all workspaces; null when they are as they were.</summary>
    /// <param name="known">The version that the asker knows; empty for none.</param>
    Task<ShelfView?> ReadAsync(string known, CancellationToken cancellationToken);
}

/// <param name="Version">Differs whenever a key does.</param>
public sealed record ShelfView(string Version, IReadOnlyList<SealedKey> Keys);

/// <summary>For a process that is connected to no shelf: there are the installation's keys alone.</summary>
public sealed class NoKeyShelf : IKeyShelf
{
    public Task<ShelfView?> ReadAsync(string known, CancellationToken cancellationToken) => Task.FromResult<ShelfView?>(null);
}
