using System.Text.Json;
using Anthropic;
using Anthropic.Core;
using Anthropic.Exceptions;
using Anthropic.Models.Messages;
using Microsoft.Extensions.Options;
using Providers.Keys;
using Providers.Prompts;

namespace Providers.Anthropic;

/// <summary>Claude by the vendor's own client.</summary>
internal sealed class AnthropicText : ITextModel, IDisposable
{
    private const string Vendor = "Anthropic";

    private static readonly Dictionary<string, JsonElement> Schema = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(TextQuestion.Schema)!;

    private readonly AnthropicOptions _options;
    private readonly RetryAfterNote _waits;
    private readonly HttpClient _http;
    private readonly AnthropicClient _client;
    private readonly WorkspaceKeys _keys;

    public AnthropicText(IOptions<AnthropicOptions> options, WorkspaceKeys keys, TimeProvider time)
    {
        (_options, _keys) = (options.Value, keys);
        _waits = new RetryAfterNote(time);
        _http = TextHttp.Make(_waits);
        _client = new AnthropicClient
        {
            // Each call has one of its own.
            ApiKey = "none",
            BaseUrl = _options.BaseUrl.AbsoluteUri.TrimEnd('/'),
            HttpClient = _http,
            Timeout = _options.CallTimeout,
            // When to try again is decided by the run, which knows what else waits.
            MaxRetries = 0,
        };
    }

    public string Provider => ProviderNames.Anthropic;

    public string Model => _options.Model;

    public async Task<TextAnswer> CompleteAsync(long tenantId, TextQuestion question, CancellationToken cancellationToken)
    {
        var key = await _keys.OfAsync(Provider, tenantId, _options.ApiKey, cancellationToken);
        if (!key.IsThere)
        {
            return new TextAnswer.Failed(key.Missing(Vendor));
        }

        using var wait = _waits.Begin();
        try
        {
            var message = await Client(key.Value).Messages.Create(Parameters(question), cancellationToken);
            if (message.StopReason is { } reason && reason.Raw() == "refusal")
            {
                return new TextAnswer.Failed(TextFailures.Refused, message.ID);
            }

            var text = string.Concat(message.Content.Select(block => block.TryPickText(out var said) ? said.Text : ""));
            var usage = message.Usage;
            return new TextAnswer.Said(
                text, new TextUsage(usage.InputTokens, usage.OutputTokens, usage.CacheReadInputTokens ?? 0, usage.CacheCreationInputTokens ?? 0), message.ID);
        }
        catch (AnthropicApiException refused)
        {
            return new TextAnswer.Failed(TextFailures.Of(Vendor, (int)refused.StatusCode, null, wait.RetryAfter), refused.RequestID);
        }
        catch (Exception exception) when (exception is AnthropicIOException or HttpRequestException or IOException)
        {
            return new TextAnswer.Failed(TextFailures.Unreachable(Vendor));
        }
        catch (Exception exception) when (exception is AnthropicException or JsonException)
        {
            return new TextAnswer.Failed(TextFailures.Unreadable(Vendor));
        }
        catch (Exception exception) when (exception is OperationCanceledException or TimeoutException && !cancellationToken.IsCancellationRequested)
        {
            return new TextAnswer.Failed(TextFailures.TooLate(Vendor, _options.CallTimeout));
        }
    }

    public void Dispose()
    {
        _client.Dispose();
        _http.Dispose();
    }

    private IAnthropicClient Client(string key) => _client.WithOptions(options => options with { ApiKey = key });

    private MessageCreateParams Parameters(TextQuestion question) => new()
    {
        Model = _options.Model,
        MaxTokens = _options.MaxTokens,
        System = new MessageCreateParamsSystem(new List<TextBlockParam> { new() { Text = question.System } }),
        Messages = [.. Messages(question)],
        OutputConfig = _options.Effort.Length > 0
            ? new OutputConfig { Format = new JsonOutputFormat { Schema = Schema }, Effort = Enum.Parse<Effort>(_options.Effort, ignoreCase: true) }
            : new OutputConfig { Format = new JsonOutputFormat { Schema = Schema } },
    };

    private static IEnumerable<MessageParam> Messages(TextQuestion question)
    {
        var content = new List<ContentBlockParam>();
        if (question.Picture is { } picture)
        {
            content.Add(new ImageBlockParam(new Base64ImageSource { Data = Convert.ToBase64String(picture.Bytes.Span), MediaType = MediaType.ImageJpeg }));
        }

        content.Add(new TextBlockParam { Text = question.User });
        yield return new UserMessageParam(content);
        if (question.Before is { } before)
        {
            yield return new AssistantMessageParam(before.Answer.Length > 0 ? before.Answer : "{}");
            yield return new UserMessageParam(before.Complaint);
        }
    }
}
