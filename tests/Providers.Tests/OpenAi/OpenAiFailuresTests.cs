using System.Net;
using System.Text.Json;
using Contracts.Generation;
using Providers.Http;
using Providers.OpenAi;

namespace Providers.Tests.OpenAi;

public sealed class OpenAiFailuresTests
{
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(7);

    [Theory]
    [InlineData(400, "image_generation_user_error", "moderation_blocked", null, FailureKind.ContentRefused)]
    [InlineData(400, "invalid_request_error", "content_policy_violation", null, FailureKind.ContentRefused)]
    [InlineData(400, "invalid_request_error", "invalid_value", "size", FailureKind.InvalidRequest)]
    [InlineData(400, "billing_limit_user_error", "billing_hard_limit_reached", null, FailureKind.Unauthorized)]
    [InlineData(401, "invalid_request_error", "invalid_api_key", null, FailureKind.Unauthorized)]
    [InlineData(403, "invalid_request_error", null, null, FailureKind.Unauthorized)]
    [InlineData(404, "invalid_request_error", "model_not_found", null, FailureKind.InvalidRequest)]
    [InlineData(404, null, null, null, FailureKind.InvalidRequest)]
    [InlineData(408, null, null, null, FailureKind.OutcomeUnknown)]
    [InlineData(409, null, null, null, FailureKind.OutcomeUnknown)]
    [InlineData(413, null, null, null, FailureKind.InvalidRequest)]
    [InlineData(422, null, null, null, FailureKind.InvalidRequest)]
    [InlineData(429, "rate_limit_error", "rate_limit_exceeded", null, FailureKind.RateLimited)]
    [InlineData(429, "rate_limit_error", "slow_down", null, FailureKind.RateLimited)]
    [InlineData(429, null, null, null, FailureKind.RateLimited)]
    [InlineData(429, "insufficient_quota", "insufficient_quota", null, FailureKind.Unauthorized)]
    [InlineData(429, "insufficient_quota", "project_spend_limit_exceeded", null, FailureKind.Unauthorized)]
    [InlineData(429, "insufficient_quota", "a_new_limit", null, FailureKind.Unauthorized)]
    [InlineData(500, "server_error", "server_error", null, FailureKind.OutcomeUnknown)]
    [InlineData(502, null, null, null, FailureKind.OutcomeUnknown)]
    [InlineData(503, "service_unavailable_error", "server_is_overloaded", null, FailureKind.ProviderDown)]
    [InlineData(503, "server_error", null, null, FailureKind.OutcomeUnknown)]
    [InlineData(504, "server_error", null, null, FailureKind.OutcomeUnknown)]
    [InlineData(302, null, null, null, FailureKind.OutcomeUnknown)]
    public void An_error_is_told_by_status_and_code_and_never_by_its_text(int status, string? type, string? code, string? param, FailureKind kind)
    {
        var body = JsonSerializer.Serialize(new { error = new { message = "SECRET words of the user, rate limit, insufficient_quota", type, code, param } });

        var failure = OpenAiFailures.OfImage(Answer(status, body, "req_1"));

        Assert.Equal(kind, failure.Kind);
        Assert.DoesNotContain("SECRET", failure.Message, StringComparison.Ordinal);
        Assert.Equal(kind is FailureKind.RateLimited or FailureKind.ProviderDown ? Wait : null, failure.RetryAfter);
    }

    [Theory]
    [InlineData(503, null, FailureKind.ProviderDown)]
    [InlineData(503, "req_1", FailureKind.OutcomeUnknown)]
    [InlineData(521, null, FailureKind.ProviderDown)]
    [InlineData(522, null, FailureKind.ProviderDown)]
    [InlineData(523, null, FailureKind.ProviderDown)]
    [InlineData(525, null, FailureKind.ProviderDown)]
    [InlineData(500, null, FailureKind.OutcomeUnknown)]
    [InlineData(502, null, FailureKind.OutcomeUnknown)]
    [InlineData(504, null, FailureKind.OutcomeUnknown)]
    [InlineData(520, null, FailureKind.OutcomeUnknown)]
    [InlineData(524, null, FailureKind.OutcomeUnknown)]
    public void A_page_of_the_servers_before_OpenAI_was_not_accepted_only_where_its_number_says_so(int status, string? requestId, FailureKind kind) =>
        Assert.Equal(kind, OpenAiFailures.OfImage(Answer(status, "\r\n<html>cloudflare</html>", requestId)).Kind);

    [Fact]
    public void A_503_in_plain_text_is_unknown() =>
        Assert.Equal(FailureKind.OutcomeUnknown, OpenAiFailures.OfImage(Answer(503, "upstream connect error or disconnect/reset before headers", null)).Kind);

    [Theory]
    [InlineData("size", "invalid_value", "OpenAI does not take the setting size (invalid_value). Try another model or other settings.")]
    [InlineData("prompt", "string_above_max_length", "The prompt is too long for this model. Shorten it.")]
    [InlineData("image[0]", "unsupported_file_mimetype", "OpenAI cannot use the picture (unsupported_file_mimetype). Save it as PNG or JPEG and try again.")]
    [InlineData("SECRET", "unknown_parameter", "OpenAI does not take the request (unknown_parameter). Try another model or other settings.")]
    [InlineData("size", "<b>SECRET words</b> of a very long code that nobody would ever want", "OpenAI does not take the setting size (bSECRETwordsbofaverylongcodethatnobodywo). Try another model or other settings.")]
    public void A_setting_is_named_where_it_is_one_of_ours(string param, string code, string message) =>
        Assert.Equal(message, OpenAiFailures.OfImage(Answer(400, JsonSerializer.Serialize(new { error = new { message = "SECRET", type = "invalid_request_error", code, param } }), "req_1")).Message);

    [Theory]
    [InlineData("[]")]
    [InlineData("""{"error":"SECRET"}""")]
    [InlineData("""{"error":{"code":7,"param":[]}}""")]
    [InlineData("not json SECRET")]
    public void Any_shape_of_an_error_is_taken(string body) =>
        Assert.Equal("OpenAI does not take the request (400). Try another model or other settings.", OpenAiFailures.OfImage(Answer(400, body, null)).Message);

    private static VendorAnswer Answer(int status, string body, string? requestId)
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

        var headers = new Dictionary<string, string>();
        if (requestId is not null)
        {
            headers["x-request-id"] = requestId;
        }

        return new VendorAnswer((HttpStatusCode)status, json, json is null ? body : string.Empty, headers, Wait);
    }
}
