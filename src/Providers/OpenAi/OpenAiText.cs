using System.ClientModel;
using System.ClientModel.Primitives;
using System.Text.Json;
using Microsoft.Extensions.Options;
using OpenAI;
using OpenAI.Chat;
using Providers.Keys;
using Providers.Prompts;

namespace Providers.OpenAi;

/// <summary>Chat completions by the vendor's own client; other endpoints speak them too.</summary>
internal sealed class OpenAiText : ITextModel, IDisposable
{
    private static readonly BinaryData Schema = BinaryData.FromString(TextQuestion.Schema);

    private readonly OpenAiPromptOptions _options;
    private readonly string _vendor;
    private readonly HttpClient _http;
    private readonly IOptions<OpenAiOptions> _account;
    private readonly WorkspaceKeys _keys;

    public OpenAiText(IOptions<OpenAiOptions> account, IOptions<OpenAiPromptOptions> options, WorkspaceKeys keys)
    {
        (_account, _options, _keys) = (account, options.Value, keys);
        _vendor = _options.BaseUrl is null ? "OpenAI" : "The text service";
        _http = TextHttp.Make();
    }

    public string Provider => ProviderNames.OpenAi;

    public string Model => _options.Model;

    public async Task<TextAnswer> CompleteAsync(long tenantId, TextQuestion question, CancellationToken cancellationToken)
    {
        // Another endpoint has a key of its own, which many want none of; the client insists on one.
        var key = _options.BaseUrl is not null ? new VendorKey(_options.ApiKey.Length > 0 ? _options.ApiKey : "none", Own: false)
            : await _keys.OfAsync(Provider, tenantId, _account.Value.ApiKey, cancellationToken);
        if (!key.IsThere)
        {
            return new TextAnswer.Failed(key.Missing(_vendor));
        }

        try
        {
            var completion = (await Client(key.Value).CompleteChatAsync(Messages(question), Options(), cancellationToken)).Value;
            return completion.Refusal is { Length: > 0 } || completion.FinishReason == ChatFinishReason.ContentFilter
                ? new TextAnswer.Failed(TextFailures.Refused, completion.Id)
                : new TextAnswer.Said(string.Concat(completion.Content.Select(part => part.Text)), Usage(completion.Usage), completion.Id);
        }
        catch (ClientResultException refused) when (refused.Status > 0)
        {
            var answer = refused.GetRawResponse();
            return new TextAnswer.Failed(TextFailures.Of(_vendor, refused.Status, Code(answer), RetryAfter(answer)), Header(answer, "x-request-id"));
        }
        catch (Exception exception) when (exception is ClientResultException or HttpRequestException or IOException)
        {
            return new TextAnswer.Failed(TextFailures.Unreachable(_vendor));
        }
        catch (Exception exception) when (exception is OperationCanceledException or TimeoutException && !cancellationToken.IsCancellationRequested)
        {
            return new TextAnswer.Failed(TextFailures.TooLate(_vendor, _options.CallTimeout));
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or ArgumentOutOfRangeException or FormatException)
        {
            return new TextAnswer.Failed(TextFailures.Unreadable(_vendor));
        }
    }

    public void Dispose() => _http.Dispose();

    private ChatClient Client(string key) => new(
        _options.Model,
        new ApiKeyCredential(key),
        new OpenAIClientOptions
        {
            Endpoint = _options.BaseUrl is { } other ? OpenAiOptions.WithVersion(other) : _account.Value.Api,
            Transport = new HttpClientPipelineTransport(_http),
            NetworkTimeout = _options.CallTimeout,
            // When to try again is decided by the run, which knows what else waits.
            RetryPolicy = new ClientRetryPolicy(0),
        });

    private ChatCompletionOptions Options()
    {
        var options = new ChatCompletionOptions
        {
            MaxOutputTokenCount = _options.MaxTokens,
            ResponseFormat = ChatResponseFormat.CreateJsonSchemaFormat("prompts", Schema, null, jsonSchemaIsStrict: true),
        };
        if (_options.Effort.Length > 0)
        {
#pragma warning disable OPENAI001 // the client calls it experimental; the service has had it for long
            options.ReasoningEffortLevel = new ChatReasoningEffortLevel(_options.Effort);
#pragma warning restore OPENAI001
        }

        return options;
    }

    private static IEnumerable<ChatMessage> Messages(TextQuestion question)
    {
        yield return new SystemChatMessage(question.System);
        yield return question.Picture is { } picture
            ? new UserChatMessage(
                ChatMessageContentPart.CreateImagePart(BinaryData.FromBytes(picture.Bytes), "image/jpeg"), ChatMessageContentPart.CreateTextPart(question.User))
            : new UserChatMessage(question.User);
        if (question.Before is { } before)
        {
            yield return new AssistantChatMessage(before.Answer.Length > 0 ? before.Answer : "{}");
            yield return new UserChatMessage(before.Complaint);
        }
    }

    private static TextUsage Usage(ChatTokenUsage? usage)
    {
        var cached = usage?.InputTokenDetails?.CachedTokenCount ?? 0;
        return usage is null ? default : new TextUsage(usage.InputTokenCount - cached, usage.OutputTokenCount, cached);
    }

    private static string? Code(PipelineResponse? answer)
    {
        try
        {
            using var body = JsonDocument.Parse(answer?.Content ?? BinaryData.FromString("{}"));
            return body.RootElement.ValueKind == JsonValueKind.Object && body.RootElement.TryGetProperty("error", out var error) && error.ValueKind == JsonValueKind.Object
                && error.TryGetProperty("code", out var code) && code.ValueKind == JsonValueKind.String
                ? code.GetString()
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static TimeSpan? RetryAfter(PipelineResponse? answer) =>
        int.TryParse(Header(answer, "retry-after"), out var seconds) && seconds is >= 0 and <= 3600 ? TimeSpan.FromSeconds(seconds) : null;

    private static string? Header(PipelineResponse? answer, string name) => answer is not null && answer.Headers.TryGetValue(name, out var value) ? value : null;
}
