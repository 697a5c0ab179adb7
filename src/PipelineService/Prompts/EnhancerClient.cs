using System.Net;
using System.Net.Http.Headers;
using Contracts.Generation;
using ServiceDefaults;
using ServiceDefaults.Identity;

namespace PipelineService.Prompts;

/// <summary>What EnhancerService is asked; the input is checked and the picture looked up by then.</summary>
internal sealed record EnhanceQuestion(
    IReadOnlyList<string> Prompts,
    int Count,
    string Target,
    IReadOnlyList<string> StyleHints,
    string? ThemeFocus,
    MediaRef? Image,
    string Provider,
    string? TargetModel,
    int? MaxChars,
    long Seed,
    bool Similar);

internal sealed record EnhanceAnswer(IReadOnlyList<EnhancedSet> Results);

/// <param name="Cost">US dollars as the provider counts them; null when it counts none.</param>
internal sealed record EnhancedSet(string Input, IReadOnlyList<string> Prompts, string Provider, bool Cached, int Fallback, decimal? Cost, string? SimilarTo = null);

/// <summary>What came back from EnhancerService.</summary>
internal abstract record EnhanceOutcome
{
    private EnhanceOutcome()
    {
    }

    public sealed record Enhanced(IReadOnlyList<EnhancedSet> Results) : EnhanceOutcome;

    /// <param name="Reason">Why the provider cannot be used, in a sentence.</param>
    public sealed record Refused(string Reason) : EnhanceOutcome;

    /// <param name="Reason">What the provider answered, when it was the provider.</param>
    public sealed record Away(string? Reason) : EnhanceOutcome;
}

/// <summary>Calls EnhancerService in the name of the caller.</summary>
internal sealed class EnhancerClient(HttpClient http, InternalToken tokens)
{
    public async Task<EnhanceOutcome> EnhanceAsync(Caller caller, EnhanceQuestion question, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/internal/prompts/enhance") { Content = JsonContent.Create(question, options: PipelineJson.Options) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", tokens.Issue(caller));
        try
        {
            using var answer = await http.SendAsync(request, cancellationToken);
            return answer.StatusCode switch
            {
                HttpStatusCode.OK => new EnhanceOutcome.Enhanced((await ReadAsync<EnhanceAnswer>(answer, cancellationToken)).Results),
                HttpStatusCode.UnprocessableEntity => new EnhanceOutcome.Refused(await ReasonAsync(answer, cancellationToken) ?? "The provider cannot be used."),
                HttpStatusCode.BadGateway => new EnhanceOutcome.Away(await ReasonAsync(answer, cancellationToken)),
                _ => new EnhanceOutcome.Away(null),
            };
        }
        catch (Exception exception) when (exception is HttpRequestException or System.Text.Json.JsonException
            || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return new EnhanceOutcome.Away(null);
        }
    }

    private static async Task<string?> ReasonAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        var problem = await ReadAsync<EnhancerProblem>(answer, cancellationToken);
        return problem.Errors?.Values.SelectMany(messages => messages).FirstOrDefault() ?? problem.Detail;
    }

    private static async Task<T> ReadAsync<T>(HttpResponseMessage answer, CancellationToken cancellationToken) =>
        await answer.Content.ReadFromJsonAsync<T>(PipelineJson.Options, cancellationToken) ?? throw new System.Text.Json.JsonException("The answer is empty.");

    private sealed record EnhancerProblem(string? Detail, IReadOnlyDictionary<string, string[]>? Errors);
}
