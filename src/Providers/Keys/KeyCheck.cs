using Contracts.Generation;

namespace Providers.Keys;

/// <summary>What a vendor says to a key, found out by a call that costs nothing.</summary>
/// <param name="Message">For people; in plain words.</param>
public sealed record KeyCheck(KeyState State, string Message);

public enum KeyState
{
    /// <summary>The vendor takes it. Whether the account has a balance is not said by that.</summary>
    Works,

    /// <summary>The vendor does not take it, or refuses the account.</summary>
    Refused,

    /// <summary>There is none, or it cannot be read any more.</summary>
    Missing,

    /// <summary>The vendor gave no answer that says anything about the key.</summary>
    Unreachable,
}

/// <summary>Checks the key that a workspace's calls of one vendor would carry.</summary>
public interface IKeyCheck
{
    string Provider { get; }

    Task<KeyCheck> CheckAsync(long tenantId, CancellationToken cancellationToken);
}

/// <summary>From a vendor's answer to what it means for the key.</summary>
/// <param name="provider">Its name.</param>
/// <param name="vendor">For people.</param>
internal abstract class VendorKeyCheck(string provider, string vendor, WorkspaceKeys keys) : IKeyCheck
{
    public string Provider => provider;

    /// <summary>The installation's key; empty for none.</summary>
    protected abstract string Installation { get; }

    public async Task<KeyCheck> CheckAsync(long tenantId, CancellationToken cancellationToken)
    {
        var key = await keys.OfAsync(provider, tenantId, Installation, cancellationToken);
        if (!key.IsThere)
        {
            return new KeyCheck(key.Unknown ? KeyState.Unreachable : KeyState.Missing, key.Missing(vendor).Message);
        }

        try
        {
            return await AskAsync(key.Value, cancellationToken) switch
            {
                null => new KeyCheck(KeyState.Works, $"{vendor} takes {key}."),
                { Kind: FailureKind.Unauthorized } refused => new KeyCheck(KeyState.Refused, refused.Message),
                var failure => new KeyCheck(KeyState.Unreachable, failure.Message),
            };
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or TimeoutException)
        {
            return new KeyCheck(KeyState.Unreachable, $"{vendor} could not be reached.");
        }
    }

    /// <summary>Null when the vendor takes the key.</summary>
    protected abstract Task<ItemFailure?> AskAsync(string key, CancellationToken cancellationToken);
}
