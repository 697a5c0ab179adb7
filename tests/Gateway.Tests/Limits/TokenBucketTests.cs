using System.Net;
using FsCheck;
using FsCheck.Fluent;
using Gateway.Limits;
using Xunit;

namespace Gateway.Tests.Limits;

public sealed class TokenBucketTests
{
    private static readonly Quota Quota = new("burst", 600, 100);

    [Fact]
    public void A_full_bucket_gives_its_burst_and_then_refuses()
    {
        var tokens = 100.0;
        for (var index = 0; index < 100; index++)
        {
            var verdict = TokenBucket.Take(Quota, tokens, TimeSpan.Zero);
            Assert.True(verdict.Allowed);
            tokens = verdict.Tokens;
        }

        Assert.False(TokenBucket.Take(Quota, tokens, TimeSpan.Zero).Allowed);
        Assert.True(TokenBucket.Take(Quota, tokens, TimeSpan.FromSeconds(0.1)).Allowed);
    }

    [Fact]
    public void It_never_holds_more_than_its_burst() => Prop.ForAll(
        Gen.Choose(0, 100).ToArbitrary(),
        Gen.Choose(-1000, 1_000_000).ToArbitrary(),
        (tokens, milliseconds) => TokenBucket.Take(Quota, tokens, TimeSpan.FromMilliseconds(milliseconds)) is var verdict
            && verdict.Tokens is >= 0 and <= 99.0000001
            && verdict.Allowed == (tokens + (Math.Max(0, milliseconds) / 100.0) >= 1)).QuickCheckThrowOnFailure();

    [Fact]
    public void In_the_long_run_it_gives_the_flow_and_one_burst() => Prop.ForAll(
        Gen.Choose(1, 400).ListOf(200).ToArbitrary(),
        steps =>
        {
            var (tokens, taken, elapsed) = (100.0, 0, 0.0);
            foreach (var step in steps)
            {
                elapsed += step / 1000.0;
                var verdict = TokenBucket.Take(Quota, tokens, TimeSpan.FromMilliseconds(step));
                tokens = verdict.Tokens;
                taken += verdict.Allowed ? 1 : 0;
            }

            return taken <= 100 + (elapsed * 10) + 0.001;
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(99.0, true, "\"burst\";r=99;t=1", 1)]
    [InlineData(0.4, false, "\"burst\";r=0;t=10", 1)]
    [InlineData(42.7, true, "\"burst\";r=42;t=6", 1)]
    public void The_headers_follow_the_draft(double tokens, bool allowed, string header, int retryAfter)
    {
        var verdict = new Verdict(Quota, allowed, tokens);

        Assert.Equal("\"sustained\";q=600;w=60, \"burst\";q=100;w=10", verdict.PolicyHeader);
        Assert.Equal(header, verdict.RemainingHeader);
        Assert.Equal(retryAfter, verdict.RetryAfterSeconds);
    }

    [Fact]
    public void A_slow_bucket_tells_a_long_wait() => Assert.Equal(20, new Verdict(new Quota("burst", 3, 1), false, 0).RetryAfterSeconds);

    [Theory]
    [InlineData("10.1.2.3", "10.1.2.3")]
    [InlineData("::ffff:10.1.2.3", "10.1.2.3")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64")]
    public void Addresses_are_those_of_a_subscriber(string address, string bucket) => Assert.Equal(bucket, ClientAddress.Of(IPAddress.Parse(address)));
}
