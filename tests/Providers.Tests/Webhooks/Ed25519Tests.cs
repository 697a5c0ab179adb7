using System.Text;
using Providers.Webhooks;

namespace Providers.Tests.Webhooks;

/// <summary>The test vectors of RFC 8032, section 7.1, and what must not pass.</summary>
public sealed class Ed25519Tests
{
    public static TheoryData<string, string, string> Vectors => new()
    {
        {
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
        },
        {
            "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
        },
        {
            "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
        },
    };

    [Theory]
    [MemberData(nameof(Vectors))]
    public void The_vectors_of_the_standard_pass_and_no_other_bit_does(string key, string message, string signature)
    {
        var (publicKey, signed, proof) = (Convert.FromHexString(key), Convert.FromHexString(message), Convert.FromHexString(signature));
        Assert.True(Ed25519.Verify(publicKey, signed, proof));

        Assert.False(Ed25519.Verify(publicKey, [.. signed, 0], proof));
        foreach (var at in new[] { 0, 31, 32, 63 })
        {
            Assert.False(Ed25519.Verify(publicKey, signed, Flipped(proof, at)));
        }

        Assert.False(Ed25519.Verify(Flipped(publicKey, 5), signed, proof));
    }

    [Theory]
    [InlineData(0, 64)]
    [InlineData(31, 64)]
    [InlineData(32, 63)]
    [InlineData(33, 64)]
    [InlineData(32, 0)]
    public void Other_lengths_are_no_signature(int key, int signature) => Assert.False(Ed25519.Verify(new byte[key], Encoding.UTF8.GetBytes("a"), new byte[signature]));

    [Fact]
    public void A_response_beyond_the_order_is_refused()
    {
        // The same signature with the order added to its second half: a verifier that reduces would take it.
        var (key, proof) = (Convert.FromHexString(Vectors.First()[0].ToString()!), Convert.FromHexString(Vectors.First()[2].ToString()!));
        var response = new System.Numerics.BigInteger(proof.AsSpan(32), isUnsigned: true) + EdwardsPoint.Order;
        response.TryWriteBytes(proof.AsSpan(32), out _, isUnsigned: true);
        Assert.False(Ed25519.Verify(key, [], proof));
    }

    private static byte[] Flipped(byte[] bytes, int at)
    {
        var other = (byte[])bytes.Clone();
        other[at] ^= 4;
        return other;
    }
}
