using System.Numerics;
using System.Security.Cryptography;

namespace Providers.Webhooks;

/// <summary>
/// Ed25519 as in RFC 8032, section 5.1; the framework has none, and no maintained package restores. Not in constant time, so for public data alone: it says whether a
/// signature is genuine. About 10 ms a call.
/// </summary>
public static class Ed25519
{
    public const int KeyBytes = 32;
    public const int SignatureBytes = 64;

    /// <summary>False also for keys and signatures that are none.</summary>
    public static bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        if (publicKey.Length != KeyBytes || signature.Length != SignatureBytes || EdwardsPoint.Decode(publicKey) is not { } key || EdwardsPoint.Decode(signature[..32]) is not { } commitment)
        {
            return false;
        }

        var response = new BigInteger(signature[32..], isUnsigned: true);
        return response < EdwardsPoint.Order && (EdwardsPoint.Base * response).SameAs(commitment + (key * Challenge(signature[..32], publicKey, message)));
    }

    internal static BigInteger Challenge(ReadOnlySpan<byte> commitment, ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA512);
        hash.AppendData(commitment);
        hash.AppendData(publicKey);
        hash.AppendData(message);
        return new BigInteger(hash.GetHashAndReset(), isUnsigned: true) % EdwardsPoint.Order;
    }
}

/// <summary>A point of edwards25519 in extended coordinates: x = X/Z, y = Y/Z, xy = T/Z.</summary>
internal readonly record struct EdwardsPoint(BigInteger X, BigInteger Y, BigInteger Z, BigInteger T)
{
    /// <summary>Of the subgroup that <see cref="Base"/> generates.</summary>
    public static readonly BigInteger Order = BigInteger.Pow(2, 252) + BigInteger.Parse("27742317777372353535851937790883648493");

    private static readonly BigInteger Prime = BigInteger.Pow(2, 255) - 19;
    private static readonly BigInteger D = Mod(-121665 * Inverse(121666));
    private static readonly BigInteger RootOfMinusOne = BigInteger.ModPow(2, (Prime - 1) / 4, Prime);
    private static readonly BigInteger LowBits = (BigInteger.One << 255) - 1;

    public static readonly EdwardsPoint Base = Of(Recover(Mod(4 * Inverse(5)), odd: false)!.Value, Mod(4 * Inverse(5)));

    private static readonly EdwardsPoint Neutral = new(0, 1, 1, 0);

    /// <summary>Null where the bytes are no point.</summary>
    public static EdwardsPoint? Decode(ReadOnlySpan<byte> bytes)
    {
        var number = new BigInteger(bytes, isUnsigned: true);
        var y = number & LowBits;
        return Recover(y, odd: number > LowBits) is { } x ? Of(x, y) : null;
    }

    public byte[] Encode()
    {
        var inverse = Inverse(Z);
        var (x, y) = (Mod(X * inverse), Mod(Y * inverse));
        var bytes = new byte[32];
        (x.IsEven ? y : y | (BigInteger.One << 255)).TryWriteBytes(bytes, out _, isUnsigned: true);
        return bytes;
    }

    public static EdwardsPoint operator +(EdwardsPoint left, EdwardsPoint right)
    {
        var a = Mod((left.Y - left.X) * (right.Y - right.X));
        var b = Mod((left.Y + left.X) * (right.Y + right.X));
        var c = Mod(2 * left.T * right.T * D);
        var d = Mod(2 * left.Z * right.Z);
        var (e, f, g, h) = (b - a, d - c, d + c, b + a);
        return new EdwardsPoint(Mod(e * f), Mod(g * h), Mod(f * g), Mod(e * h));
    }

    public static EdwardsPoint operator *(EdwardsPoint point, BigInteger times)
    {
        var sum = Neutral;
        for (; times > 0; times >>= 1)
        {
            sum = times.IsEven ? sum : sum + point;
            point += point;
        }

        return sum;
    }

    public bool SameAs(EdwardsPoint other) => Mod((X * other.Z) - (other.X * Z)).IsZero && Mod((Y * other.Z) - (other.Y * Z)).IsZero;

    private static EdwardsPoint Of(BigInteger x, BigInteger y) => new(x, y, 1, Mod(x * y));

    private static BigInteger? Recover(BigInteger y, bool odd)
    {
        if (y >= Prime)
        {
            return null;
        }

        var square = Mod(((y * y) - 1) * Inverse((D * y * y) + 1));
        var x = BigInteger.ModPow(square, (Prime + 3) / 8, Prime);
        x = Mod((x * x) - square).IsZero ? x : Mod(x * RootOfMinusOne);
        return !Mod((x * x) - square).IsZero || (x.IsZero && odd) ? null : x.IsEven == odd ? Prime - x : x;
    }

    private static BigInteger Mod(BigInteger number)
    {
        var rest = number % Prime;
        return rest < 0 ? rest + Prime : rest;
    }

    private static BigInteger Inverse(BigInteger number) => BigInteger.ModPow(Mod(number), Prime - 2, Prime);
}
