using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;

namespace Providers.Keys;

/// <summary>
/// Encrypts workspaces' keys with ASP.NET Data Protection. Workspace and provider are part of the purpose, so that a row that is copied to another of either opens
/// for nobody.
/// </summary>
public sealed class KeySeal(IOptions<KeysOptions> options, TimeProvider time)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(30);

    private readonly Lock _swap = new();
    private IDataProtectionProvider? _ring;
    private DateTimeOffset _readAt;

    /// <summary>Whether there is a ring to encrypt with.</summary>
    public bool IsSetUp => options.Value.Ring.Length > 0;

    /// <exception cref="InvalidOperationException">There is no ring.</exception>
    public string Seal(long tenantId, string provider, string key) => Protector(Ring(renew: false), tenantId, provider).Protect(key);

    /// <summary>The key; null when this ring cannot read it.</summary>
    public string? Open(SealedKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (!IsSetUp)
        {
            return null;
        }

        try
        {
            return Protector(Ring(renew: false), key.TenantId, key.Provider).Unprotect(key.Text);
        }
        catch (CryptographicException)
        {
            // Another process may have begun the ring, or added to it, since this one read it.
            return OpenAnew(key);
        }
    }

    private string? OpenAnew(SealedKey key)
    {
        try
        {
            return time.GetUtcNow() - _readAt < LookAgain ? null : Protector(Ring(renew: true), key.TenantId, key.Provider).Unprotect(key.Text);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private IDataProtectionProvider Ring(bool renew)
    {
        lock (_swap)
        {
            if (_ring is null || renew)
            {
                var folder = IsSetUp ? options.Value.Ring : throw new InvalidOperationException("Keys:Ring is not set.");
                _ring = DataProtectionProvider.Create(
                    OperatingSystem.IsWindows() ? Directory.CreateDirectory(folder) : Directory.CreateDirectory(folder, OwnerOnly), builder => builder.SetApplicationName("pipeline"));
                _readAt = time.GetUtcNow();
            }

            return _ring;
        }
    }

    private static IDataProtector Protector(IDataProtectionProvider ring, long tenantId, string provider) =>
        ring.CreateProtector("provider-keys", tenantId.ToString(CultureInfo.InvariantCulture), provider);
}
