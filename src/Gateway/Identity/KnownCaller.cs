using ServiceDefaults.Identity;

namespace Gateway.Identity;

/// <summary>Who a credential stands for.</summary>
/// <param name="SessionId">Null for a key.</param>
internal sealed record KnownCaller(Caller Caller, CredentialKind Kind, long? SessionId)
{
    /// <summary>Whose rate limit it counts against. A session signed in with a key shares the key's.</summary>
    public string Bucket => Caller.KeyId is { } key ? $"{Caller.TenantId}:key:{key}" : $"{Caller.TenantId}:session:{SessionId}";
}
