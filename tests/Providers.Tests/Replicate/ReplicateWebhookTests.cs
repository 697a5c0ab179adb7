using System.Text;
using Providers.Replicate;

namespace Providers.Tests.Replicate;

public sealed class ReplicateWebhookTests
{
    // The example that the specification of these signatures is published with.
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private const string Id = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private const string Time = "1614265330";
    private const string Body = """{"test": 2432232314}""";
    private const string Signature = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

    [Fact]
    public void The_published_example_fits_and_is_what_is_signed()
    {
        Assert.True(Verify());
        Assert.Equal(Signature, ReplicateWebhook.SignatureOf(Secret, Id, Time, Encoding.UTF8.GetBytes(Body)));
    }

    [Theory]
    [InlineData(-300, true)]
    [InlineData(300, true)]
    [InlineData(-301, false)]
    [InlineData(301, false)]
    public void It_holds_for_five_minutes_in_both_directions(int seconds, bool fits) => Assert.Equal(fits, Verify(later: seconds));

    [Theory]
    [InlineData("v1,AAAA v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", true)]
    [InlineData("v2,AAAA  v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", true)]
    [InlineData("v2,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", false)]
    [InlineData("g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", false)]
    [InlineData("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OF=", false)]
    [InlineData("v1,not base64", false)]
    [InlineData("v1,", false)]
    [InlineData("", false)]
    public void One_signature_of_the_list_has_to_fit(string header, bool fits) => Assert.Equal(fits, Verify(header: header));

    [Fact]
    public void A_list_without_end_is_not_read_to_its_end() =>
        Assert.False(Verify(header: string.Concat(Enumerable.Repeat("v1,AAAA ", 16)) + Signature));

    [Theory]
    [InlineData("msg_other", Time, Body, Secret)]
    [InlineData("", Time, Body, Secret)]
    [InlineData(Id, "1614265331", Body, Secret)]
    [InlineData(Id, "1614265330.0", Body, Secret)]
    [InlineData(Id, "-1614265330", Body, Secret)]
    [InlineData(Id, "99999999999999999999", Body, Secret)]
    [InlineData(Id, "9223372036854775807", Body, Secret)]
    [InlineData(Id, "", Body, Secret)]
    [InlineData(Id, Time, """{"test": 2432232315}""", Secret)]
    [InlineData(Id, Time, Body, "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSx")]
    [InlineData(Id, Time, Body, "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")]
    [InlineData(Id, Time, Body, "whsec_")]
    [InlineData(Id, Time, Body, "whsec_%%")]
    [InlineData(Id, Time, Body, "")]
    public void Anything_else_does_not_fit(string id, string time, string body, string secret) => Assert.False(Verify(secret, id, time, body));

    [Fact]
    public void What_belongs_to_one_part_cannot_be_moved_to_another()
    {
        // "a.1614265330.x" may be read in two ways where an id may hold a dot.
        var signature = ReplicateWebhook.SignatureOf(Secret, "a", Time, Encoding.UTF8.GetBytes("1614265330.x"));

        Assert.True(Verify(Secret, "a", Time, "1614265330.x", signature));
        Assert.False(Verify(Secret, "a." + Time, Time, "x", signature));
    }

    private static bool Verify(string secret = Secret, string id = Id, string time = Time, string body = Body, string header = Signature, int later = 0) =>
        ReplicateWebhook.Verify(secret, id, time, Encoding.UTF8.GetBytes(body), header, DateTimeOffset.FromUnixTimeSeconds(1614265330).AddSeconds(later));
}
