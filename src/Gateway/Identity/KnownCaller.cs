using ServiceDefaults.Identity;

namespace Gateway.Identity;

/// <summary>Who a credential stands for.</summary>
/// <param name="SessionId">Null for a key.</param>
internal sealed record KnownCaller(Caller Caller, CredentialKind Kind, long? SessionId)
{
    /// <summary>Whose rate limit it counts against. A session signed in with a key shares the key's.</summary>
    public string Bucket => Caller.KeyId is { } key ? $"{Caller.TenantId}:key:{key}" : $"{Caller.TenantId}:session:{SessionId}";
}

/// <summary>What was found out about a request at the door.</summary>
/// <param name="Caller">Null when there is no credential or a bad one.</param>
internal sealed record Identification(Credential? Credential, KnownCaller? Caller);
