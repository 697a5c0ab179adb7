using System.Globalization;
using Contracts.Generation;
using Microsoft.Extensions.Options;
using Providers.Catalog;

namespace Providers.NoOp;

/// <summary>Answers with the same small file after a set time, fails on demand and counts what it was asked. For tests and benchmarks.</summary>
internal sealed class NoOpProvider(ModelCatalog catalog, NoOpFiles files, NoOpJournal journal, IOptions<NoOpOptions> options, TimeProvider time) : IProvider
{
    private readonly NoOpOptions _options = options.Value;
    private readonly NoOpLoad _load = new(options.Value);
    private int _asked;

    public string Name => ProviderNames.NoOp;

    public Resubmit Resubmit => _options.Resubmit;

    public bool Simulated => true;

    public bool Serves(GenerationKind kind, string? model) =>
        kind == GenerationKind.Prompts || (model is not null && catalog.Find(model)?.Kind == kind);

    public async Task<ProviderResult> SubmitAsync(GenerationRequest request, CancellationToken cancellationToken)
    {
        journal.Record(request.RequestKey);
        if (_load.Begin() is { } refusal)
        {
            return new ProviderResult.Failed(refusal, request.RequestKey);
        }

        try
        {
            return await WorkAsync(request, cancellationToken);
        }
        finally
        {
            _load.End();
        }
    }

    private async Task<ProviderResult> WorkAsync(GenerationRequest request, CancellationToken cancellationToken)
    {
        if (Resubmit == Resubmit.Safe && journal.WasDone(request.RequestKey))
        {
            return Finish(request, failure: null);
        }

        var script = NoOpScript.Of(PromptOf(request));
        var failure = Fate(script, request);
        var takes = _options.Latency + script.Slow;
        if (script.LostOnce is { } lost && journal.First("lost|" + Mark(request)))
        {
            await Task.Delay(lost == LostAnswer.Silence ? Timeout.InfiniteTimeSpan : takes, time, cancellationToken);
            throw new IOException("The no-op provider was told to break the connection off.");
        }

        if (_options.Asynchronous && request.Kind != GenerationKind.Prompts)
        {
            Did(request, failure);
            return new ProviderResult.Submitted(new Handle(time.GetUtcNow() + takes, failure).ToString());
        }

        if (takes > TimeSpan.Zero)
        {
            await Task.Delay(takes, time, cancellationToken);
        }

        Did(request, failure);
        return Finish(request, failure);
    }

    public Task<ProviderResult> PollAsync(string handle, GenerationRequest request, CancellationToken cancellationToken)
    {
        var (ready, failure) = Handle.Parse(handle);
        return Task.FromResult(time.GetUtcNow() < ready ? new ProviderResult.Pending(Running: true) : Finish(request, failure));
    }

    public Task CancelAsync(string handle, long tenantId, CancellationToken cancellationToken) => Task.CompletedTask;

    private FailureKind? Fate(NoOpScript script, GenerationRequest request)
    {
        if (script.Fail is { } always)
        {
            return always;
        }

        if (script.FailOnce is { } once && journal.First(Mark(request)))
        {
            return once;
        }

        return _options.FailEvery > 0 && Interlocked.Increment(ref _asked) % _options.FailEvery == 0 ? _options.FailKind : null;
    }

    private void Did(GenerationRequest request, FailureKind? failure)
    {
        if (failure is null)
        {
            journal.RecordDone(request.RequestKey);
        }
    }

    private ProviderResult Finish(GenerationRequest request, FailureKind? failure)
    {
        if (failure is { } kind)
        {
            TimeSpan? retryAfter = kind == FailureKind.RateLimited ? TimeSpan.FromMilliseconds(100) : null;
            return new ProviderResult.Failed(new ItemFailure(kind, "The no-op provider was told to fail.", retryAfter), request.RequestKey);
        }

        IReadOnlyList<Produced> outputs = request switch
        {
            ImageRequest => [files.Image(request.Seed)],
            VideoRequest => [files.Video(request.Seed)],
            PromptsRequest prompts => [.. Enumerable.Range(1, prompts.Count).Select(n => new Produced(Numbered(prompts, n), null, null, null, prompts.Seed))],
            _ => throw new NotSupportedException($"The no-op provider does not know {request.GetType().Name}."),
        };
        return new ProviderResult.Finished(outputs, RequestId: request.RequestKey);
    }

    private static string Numbered(PromptsRequest request, int n)
    {
        var ending = $" ({n})";
        return PromptLimit.Shorten(request.Prompt, request.MaxChars - ending.Length) + ending;
    }

    private static string PromptOf(GenerationRequest request) => request switch
    {
        ImageRequest image => image.Prompt,
        VideoRequest video => video.Prompt,
        PromptsRequest prompts => prompts.Prompt,
        _ => "",
    };

    // a retry has another request key; what it asks for is the same
    private static string Mark(GenerationRequest request)
    {
        var variation = request is ImageRequest image ? string.Join(',', image.Variation.OrderBy(pair => pair.Key, StringComparer.Ordinal)) : "";
        return $"{request.TenantId}|{request.Kind}|{request.Model}|{request.Seed}|{variation}|{PromptOf(request)}".ReplaceLineEndings(" ");
    }

    /// <summary>All that a poll needs, so that another process can do it.</summary>
    private readonly record struct Handle(DateTimeOffset Ready, FailureKind? Failure)
    {
        public static Handle Parse(string text)
        {
            var parts = text.Split(':');
            return new Handle(
                DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(parts[0], CultureInfo.InvariantCulture)),
                parts.Length > 1 ? Enum.Parse<FailureKind>(parts[1]) : null);
        }

        public override string ToString() =>
            Failure is null ? $"{Ready.ToUnixTimeMilliseconds()}" : $"{Ready.ToUnixTimeMilliseconds()}:{Failure}";
    }
}
