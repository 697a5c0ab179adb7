using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Xunit;

namespace Gateway.Tests.Support;

internal static class Answers
{
    /// <summary>Holds that an answer is a problem document of this kind, and gives it.</summary>
    public static async Task<JsonNode> ProblemAsync(this HttpResponseMessage answer, int status, string type)
    {
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = (await answer.Content.ReadFromJsonAsync<JsonNode>())!;
        Assert.Equal("/problems/" + type, (string?)problem["type"]);
        Assert.Equal(status, (int?)problem["status"]);
        Assert.Equal(32, ((string?)problem["trace_id"])?.Length);
        return problem;
    }

    public static async Task<JsonNode> JsonAsync(this HttpResponseMessage answer)
    {
        Assert.True(answer.IsSuccessStatusCode, $"{(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
        return (await answer.Content.ReadFromJsonAsync<JsonNode>())!;
    }

    public static string Header(this HttpResponseMessage answer, string name) =>
        answer.Headers.TryGetValues(name, out var values) || answer.Content.Headers.TryGetValues(name, out values) ? string.Join(", ", values) : string.Empty;

    public static HttpRequestMessage With(this HttpRequestMessage request, string name, string value)
    {
        request.Headers.TryAddWithoutValidation(name, value);
        return request;
    }
}
