using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Providers.Replicate;

/// <summary>
/// Whether a webhook comes from Replicate, by the headers <c>webhook-id</c>, <c>webhook-timestamp</c> and <c>webhook-signature</c>: HMAC-SHA256 over
/// <c>id.timestamp.body</c> with the account's signing secret. Pure. Whoever calls it has to keep ids that were seen, for as long as <see cref="Tolerance"/>.
/// </summary>
internal static class ReplicateWebhook
{
    private const string SecretPrefix = "whsec_";
    private const string SignaturePrefix = "v1,";
    private const int MostCharacters = 256;
    private const int MostSignatures = 16;

    /// <summary>How far the timestamp may be from now, in either direction.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    /// <param name="secret">As Replicate shows it: <c>whsec_</c> and a key in base64.</param>
    /// <param name="timestamp">Seconds since 1970.</param>
    /// <param name="body">Byte for byte as it came.</param>
    /// <param name="signatureHeader">One or more of <c>v1,</c> and a signature in base64, with spaces between; one has to fit.</param>
    public static bool Verify(string secret, string id, string timestamp, ReadOnlySpan<byte> body, string signatureHeader, DateTimeOffset now)
    {
        if (Key(secret) is not { } key || id.Length is 0 or > MostCharacters || id.Contains('.', StringComparison.Ordinal) || !IsNear(timestamp, now))
        {
            return false;
        }

        var expected = Encoding.UTF8.GetBytes(Sign(key, id, timestamp, body));
        var fits = false;
        foreach (var signature in signatureHeader.Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(MostSignatures))
        {
            fits |= CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(signature), expected);
        }

        return fits;
    }

    /// <summary>The header's value for one key, as Replicate makes it.</summary>
    /// <exception cref="FormatException">The secret is none.</exception>
    public static string SignatureOf(string secret, string id, string timestamp, ReadOnlySpan<byte> body) =>
        Sign(Key(secret) ?? throw new FormatException("A signing secret begins with whsec_ and goes on in base64."), id, timestamp, body);

    private static string Sign(byte[] key, string id, string timestamp, ReadOnlySpan<byte> body)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        hash.AppendData(Encoding.UTF8.GetBytes($"{id}.{timestamp}."));
        hash.AppendData(body);
        return SignaturePrefix + Convert.ToBase64String(hash.GetHashAndReset());
    }

    private static bool IsNear(string timestamp, DateTimeOffset now) =>
        long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && Math.Abs(now.ToUnixTimeSeconds() - (decimal)seconds) <= (decimal)Tolerance.TotalSeconds;

    private static byte[]? Key(string secret)
    {
        var bytes = new byte[secret.Length];
        return secret.StartsWith(SecretPrefix, StringComparison.Ordinal) && Convert.TryFromBase64String(secret[SecretPrefix.Length..], bytes, out var length) && length > 0 ? bytes[..length] : null;
    }
}
