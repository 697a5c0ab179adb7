using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using ServiceDefaults.OpenApi;

namespace Gateway.Identity;

internal enum CredentialKind { Key, Session }

/// <summary>What a request shows to say who it is: a key or a session's token, known here only as its SHA-256.</summary>
/// <param name="Hash">Hexadecimal; null when the credential cannot be one of ours.</param>
internal readonly record struct Credential(CredentialKind Kind, string? Hash)
{
    private const string Prefix = "Bearer ";
    private const int Longest = 256;

    /// <summary>The Authorization header, else the session cookie, else null. A header that is no key hides the cookie all the same.</summary>
    public static Credential? Of(HttpRequest request)
    {
        if (request.Headers.Authorization is { Count: > 0 } header)
        {
            var text = header.ToString();
            return new Credential(CredentialKind.Key, text.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) ? HashOrNull(text[Prefix.Length..].Trim()) : null);
        }

        return request.Cookies[SecuritySchemes.SessionCookie] is { Length: > 0 } token
            ? new Credential(CredentialKind.Session, HashOrNull(token))
            : null;
    }

    /// <summary>32 random bytes in base64url behind the prefix; 43 characters.</summary>
    public static string Make(string prefix) => prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public static byte[] HashOf(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));

    private static string? HashOrNull(string secret) => secret.Length is 0 or > Longest ? null : Convert.ToHexString(HashOf(secret));
}
