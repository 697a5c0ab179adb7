using System.Net;
using System.Text.Json;
using Contracts.Generation;
using Providers.Replicate;

namespace Providers.Tests.Replicate;

public sealed class ReplicateFailuresTests
{
    [Theory]
    [InlineData("The input or output was flagged as sensitive. Please try again with different inputs. (E005) (uIJ6l3ruRD)", FailureKind.ContentRefused)]
    [InlineData("ModelError: flagged (E005)", FailureKind.ContentRefused)]
    [InlineData("ModelRateLimitError: Service is currently unavailable due to high demand. Please try again later. (E003) (1cah9wlWR9)", FailureKind.ProviderDown)]
    [InlineData("Service is temporarily unavailable. Please try again later. (E004)", FailureKind.ProviderDown)]
    [InlineData("The input was invalid. Please try again with different inputs. (E006)", FailureKind.InvalidRequest)]
    [InlineData("Killed (E1001)", FailureKind.InvalidRequest)]
    [InlineData("Timeout starting prediction (E6716)", FailureKind.TimedOut)]
    [InlineData("Something else (E9999)", FailureKind.BadResponse)]
    [InlineData("SECRET: the prompt says (E005) and goes on", FailureKind.BadResponse)]
    [InlineData("flagged as sensitive, NSFW, safety", FailureKind.BadResponse)]
    [InlineData("", FailureKind.BadResponse)]
    [InlineData(null, FailureKind.BadResponse)]
    public void A_predictions_error_is_told_by_the_code_at_its_end_and_by_nothing_else(string? error, FailureKind kind) =>
        Assert.Equal(kind, ReplicateFailures.OfPrediction(error).Kind);

    [Theory]
    [InlineData(401, FailureKind.Unauthorized)]
    [InlineData(402, FailureKind.Unauthorized)]
    [InlineData(403, FailureKind.Unauthorized)]
    [InlineData(404, FailureKind.InvalidRequest)]
    [InlineData(413, FailureKind.InvalidRequest)]
    [InlineData(422, FailureKind.InvalidRequest)]
    [InlineData(429, FailureKind.RateLimited)]
    [InlineData(302, FailureKind.OutcomeUnknown)]
    [InlineData(408, FailureKind.OutcomeUnknown)]
    [InlineData(409, FailureKind.OutcomeUnknown)]
    [InlineData(499, FailureKind.OutcomeUnknown)]
    [InlineData(500, FailureKind.OutcomeUnknown)]
    [InlineData(502, FailureKind.OutcomeUnknown)]
    [InlineData(503, FailureKind.OutcomeUnknown)]
    [InlineData(504, FailureKind.OutcomeUnknown)]
    public void A_submit_is_sent_again_only_after_a_429(int status, FailureKind kind)
    {
        var failure = ReplicateFailures.OfSubmit(Answer(status, """{"title":"SECRET","detail":"SECRET words of the user","status":0}"""));

        Assert.Equal((kind, status == 429), (failure.Kind, failure.Kind.IsRetryable()));
        Assert.DoesNotContain("SECRET", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(429, FailureKind.RateLimited)]
    [InlineData(500, FailureKind.ProviderDown)]
    [InlineData(503, FailureKind.ProviderDown)]
    [InlineData(401, FailureKind.Unauthorized)]
    public void An_upload_that_fails_bought_nothing(int status, FailureKind kind) => Assert.Equal(kind, ReplicateFailures.OfUpload(Answer(status, "{}")).Kind);

    [Theory]
    [InlineData(null, """{"detail":"x","status":429,"retry_after":7}""", 7.0)]
    [InlineData(3, """{"detail":"x","status":429,"retry_after":7}""", 3.0)]
    [InlineData(3, "{}", 3.0)]
    [InlineData(null, """{"retry_after":99999}""", 3600.0)]
    [InlineData(null, """{"retry_after":-1}""", null)]
    [InlineData(null, """{"retry_after":"soon"}""", null)]
    [InlineData(null, "[]", null)]
    public void The_wait_is_taken_from_the_header_else_from_the_body(int? header, string body, double? seconds)
    {
        var answer = Answer(429, body) with { RetryAfter = header is { } wait ? TimeSpan.FromSeconds(wait) : null };

        Assert.Equal(seconds, ReplicateFailures.OfSubmit(answer).RetryAfter?.TotalSeconds);
    }

    [Theory]
    [InlineData("""{"invalid_fields":[{"type":"number_lte","field":"input.duration","description":"SECRET"}],"detail":"- input.duration: SECRET"}""", "input.duration: number_lte")]
    [InlineData("""{"invalid_fields":[{"type":"<b>x","field":"in put\n"}]}""", "input: bx")]
    [InlineData("""{"invalid_fields":[{"description":"SECRET"}]}""", "422")]
    [InlineData("""{"invalid_fields":["SECRET"]}""", "422")]
    [InlineData("""{"detail":"SECRET"}""", "422")]
    [InlineData("[]", "422")]
    public void A_refused_input_is_told_by_field_and_type(string body, string where) =>
        Assert.Equal($"Replicate does not take the request ({where}). Try another model or other settings.", ReplicateFailures.OfSubmit(Answer(422, body)).Message);

    [Theory]
    [InlineData("""{"id":"w0p3yewvwxrmw0d146qv74tgp0","urls":{"get":"https://evil.example/v1/predictions/x"}}""", "/v1/predictions/w0p3yewvwxrmw0d146qv74tgp0")]
    [InlineData("""{"id":"../account"}""", null)]
    [InlineData("""{"id":"a b"}""", null)]
    [InlineData("""{"id":""}""", null)]
    [InlineData("""{"id":7}""", null)]
    [InlineData("""{"urls":{"get":"https://api.replicate.com/v1/predictions/abc"}}""", null)]
    [InlineData("[]", null)]
    [InlineData("<html>", null)]
    public void Where_a_prediction_is_looked_after_follows_from_its_id_alone(string answer, string? path)
    {
        var handle = ReplicateHandle.Read(Answer(201, answer));

        Assert.Equal(path, handle?.Path);
        Assert.Equal(handle, handle is null ? null : ReplicateHandle.Parse(handle.ToString()));
    }

    private static ReplicateAnswer Answer(int status, string body)
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

        return new ReplicateAnswer((HttpStatusCode)status, json);
    }
}
