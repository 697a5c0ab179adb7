using Contracts.Generation;

namespace Providers.Keys;

/// <summary>What a call of a vendor is paid with.</summary>
/// <param name="Value">Empty when there is none that can be used. Never logged.</param>
/// <param name="Own">It is the workspace's own and not the installation's.</param>
/// <param name="Unknown">Whose it would be cannot be seen just now.</param>
internal readonly record struct VendorKey(string Value, bool Own, bool Unknown = false)
{
    public bool IsThere => Value.Length > 0;

    /// <summary>Why nothing is asked.</summary>
    /// <param name="vendor">For people, for example <c>fal</c>.</param>
    public ItemFailure Missing(string vendor) => Unknown ? new(FailureKind.Internal, $"Whose key for {vendor} is to be used cannot be seen just now, so nothing was asked for.")
        : new(FailureKind.Unauthorized, Own
            ? $"The key that this workspace keeps for {vendor} cannot be read any more. Enter it again under Settings, Providers, then go on."
            : $"There is no key for {vendor}. Enter one under Settings, Providers, then go on.");

    /// <summary>For a look at what was asked for already: another look may find the key again.</summary>
    /// <exception cref="HttpRequestException">There is no key.</exception>
    public string Required(string vendor) => IsThere ? Value : throw new HttpRequestException(Missing(vendor).Message);

    public override string ToString() => Own ? "the workspace's key" : "the installation's key";
}
