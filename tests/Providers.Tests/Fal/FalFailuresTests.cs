using System.Net;
using System.Text.Json;
using Contracts.Generation;
using Providers.Fal;

namespace Providers.Tests.Fal;

public sealed class FalFailuresTests
{
    [Theory]
    [InlineData(422, "content_policy_violation", FailureKind.ContentRefused, false)]
    [InlineData(422, "image_too_small", FailureKind.InvalidRequest, false)]
    [InlineData(422, "missing", FailureKind.InvalidRequest, false)]
    [InlineData(422, "file_download_error", FailureKind.BadResponse, true)]
    [InlineData(500, "internal_server_error", FailureKind.ProviderDown, true)]
    [InlineData(500, "downstream_service_unavailable", FailureKind.ProviderDown, true)]
    [InlineData(504, "generation_timeout", FailureKind.TimedOut, true)]
    public void A_models_error_is_told_by_its_type(int status, string type, FailureKind kind, bool again)
    {
        var failure = FalFailures.OfResult(Answer(status, """{"detail":[{"loc":["body","prompt"],"msg":"SECRET words of the user","type":"TYPE","input":{"prompt":"SECRET words of the user"}}]}""".Replace("TYPE", type, StringComparison.Ordinal)));

        Assert.Equal((kind, again), (failure.Kind, failure.Kind.IsRetryable()));
        Assert.DoesNotContain("SECRET", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(504, "request_timeout", FailureKind.TimedOut)]
    [InlineData(503, "runner_disconnected", FailureKind.ProviderDown)]
    [InlineData(499, "client_cancelled", FailureKind.Cancelled)]
    public void An_error_of_the_machines_is_told_by_its_own_type(int status, string type, FailureKind kind) =>
        Assert.Equal(kind, FalFailures.OfResult(Answer(status, $$"""{"detail":"Request timed out","error_type":"{{type}}"}""")).Kind);

    [Theory]
    [InlineData(401, "{\"detail\":\"no\"}", false, FailureKind.Unauthorized)]
    [InlineData(403, "{\"detail\":\"User is locked. Reason: Exhausted balance.\"}", false, FailureKind.Unauthorized)]
    [InlineData(404, "{\"detail\":\"no\"}", false, FailureKind.InvalidRequest)]
    [InlineData(429, "{\"detail\":\"slow\"}", false, FailureKind.RateLimited)]
    [InlineData(503, "<html>nginx</html>", true, FailureKind.ProviderDown)]
    [InlineData(502, "<html>nginx</html>", true, FailureKind.ProviderDown)]
    [InlineData(504, "<html>nginx</html>", true, FailureKind.OutcomeUnknown)]
    [InlineData(503, "{\"detail\":\"runner\"}", false, FailureKind.OutcomeUnknown)]
    [InlineData(500, "{\"detail\":\"oops\"}", false, FailureKind.OutcomeUnknown)]
    [InlineData(302, "", false, FailureKind.OutcomeUnknown)]
    public void A_submit_is_sent_again_only_where_it_surely_was_not_accepted(int status, string body, bool ingress, FailureKind kind) =>
        Assert.Equal(kind, FalFailures.OfSubmit(Answer(status, body) with { FromIngress = ingress }).Kind);

    [Fact]
    public void Limits_that_fal_states_are_passed_on()
    {
        var failure = FalFailures.OfResult(Answer(422, """{"detail":[{"loc":["body","image_url"],"msg":"x","type":"image_too_small","ctx":{"min_width":300,"min_height":400}}]}"""));

        Assert.Equal("The picture is too small for this model (the limit is 300 × 400 pixels). Use a larger one.", failure.Message);
    }

    [Theory]
    [InlineData("""{"request_id":"abc-1","status_url":"https://queue.fal.run/fal-ai/kling-video/requests/abc-1/status"}""", "/fal-ai/kling-video/requests/abc-1")]
    [InlineData("""{"request_id":"abc-1","status_url":"https://queue.fal.run.evil.example/x/requests/abc-1/status"}""", "/owner/app/requests/abc-1")]
    [InlineData("""{"request_id":"abc-1","status_url":"http://queue.fal.run/x/requests/abc-1/status"}""", "/owner/app/requests/abc-1")]
    [InlineData("""{"request_id":"abc-1"}""", "/owner/app/requests/abc-1")]
    [InlineData("""{"request_id":"../../x"}""", null)]
    [InlineData("""{"id":"abc-1"}""", null)]
    [InlineData("[]", null)]
    public void Only_addresses_of_the_queue_itself_are_followed_with_the_key(string answer, string? path)
    {
        var handle = FalHandle.Read(JsonDocument.Parse(answer).RootElement, new Uri("https://queue.fal.run"), "owner/app");

        Assert.Equal(path, handle?.Path);
        Assert.Equal(handle, handle is null ? null : FalHandle.Parse(handle.ToString()));
    }

    private static FalAnswer Answer(int status, string body)
    {
        JsonElement? json = null;
        try
        {
            json = JsonDocument.Parse(body).RootElement;
        }
        catch (JsonException)
        {
            // Not JSON.
        }

        return new FalAnswer((HttpStatusCode)status, json, FromIngress: false);
    }
}
