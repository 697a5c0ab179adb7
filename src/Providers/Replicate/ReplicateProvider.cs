using System.Collections.Concurrent;
using System.Text.Json;
using Contracts.Generation;
using Media.Images;
using Microsoft.Extensions.Options;
using Providers.Catalog;
using Providers.Http;
using Providers.Keys;

namespace Providers.Replicate;

/// <summary>
/// Replicate's official models: a prediction is asked for once, then looked after until its output can be copied, for an hour at most. A submit whose fate is unknown is never sent again.
/// </summary>
internal sealed class ReplicateProvider(
    ModelCatalog catalog, ReplicateClient client, ReplicateUploads uploads, ReplicateDownloads downloads, WorkspaceKeys keys, IOptions<ReplicateOptions> options) : IProvider
{
    private const string Vendor = "Replicate";
    private const int MostKept = 10_000;
    private static readonly ImageLimits AnyPicture = new(long.MaxValue, 1, long.MaxValue);

    // Who asked for the end of a prediction is not in its state.
    private readonly ConcurrentDictionary<string, bool> _cancelAsked = new();

    public string Name => ProviderNames.Replicate;

    public Resubmit Resubmit => Resubmit.Never;

    public bool Simulated => false;

    public bool SetUp => options.Value.IsSetUp;

    public bool Serves(GenerationKind kind, string? model) => model is not null && catalog.Find(model) is { Replicate: not null } found && found.Kind == kind;

    public async Task<ProviderResult> SubmitAsync(GenerationRequest request, CancellationToken cancellationToken)
    {
        var work = VendorWork.Of(request, Vendor);
        if (catalog.Find(work.Parameters.Model) is not { Replicate: { } wire } model || model.Kind != request.Kind)
        {
            return Refused($"How Replicate is asked for {work.Parameters.Model} is not known. Choose another model.");
        }

        var key = await KeyAsync(request.TenantId, cancellationToken);
        if (!key.IsThere)
        {
            return new ProviderResult.Failed(key.Missing(Vendor));
        }

        var (url, failure) = await uploads.UrlAsync(request.TenantId, key, work.SourcePath, request.SourceSha256, work.SourceContentType, cancellationToken);
        if (failure is not null)
        {
            return new ProviderResult.Failed(failure);
        }

        var ratio = wire.AutoAspect == ReplicateWire.Nearest ? RatioOf(work.SourcePath) : null;
        if (ReplicateInput.Body(wire, work.Parameters, work.Prompt, request.Seed, url!, ratio) is not { } input)
        {
            return Refused($"{model.Id} does not have one of the settings at Replicate. Choose others.");
        }

        return await VendorSubmit.GuardAsync(Vendor, ReplicateFailures.Unknown, async () =>
        {
            var answer = await client.CreateAsync(key, wire.Model, input, request.TenantId, request.RequestKey, cancellationToken);
            return !answer.Ok ? new ProviderResult.Failed(ReplicateFailures.OfSubmit(answer))
                : ReplicateHandle.Read(answer) is { } handle ? new ProviderResult.Submitted(handle.ToString())
                : new ProviderResult.Failed(ReplicateFailures.Unknown("Replicate's answer to the request cannot be read."));
        });
    }

    /// <exception cref="HttpRequestException">This look told nothing; another one may.</exception>
    public async Task<ProviderResult> PollAsync(string handle, GenerationRequest request, CancellationToken cancellationToken)
    {
        var prediction = ReplicateHandle.Parse(handle);
        var answer = await client.GetAsync((await KeyAsync(request.TenantId, cancellationToken)).Required(Vendor), prediction, cancellationToken);
        if (!answer.Ok)
        {
            return (int)answer.Status == 404 && answer.Json is not null
                ? new ProviderResult.Failed(ReplicateFailures.Unknown("Replicate does not know the prediction any more."), prediction.Id)
                : throw Later(answer);
        }

        var result = answer.Text("status") switch
        {
            "starting" => new ProviderResult.Pending(false),
            "processing" => new ProviderResult.Pending(true),
            "succeeded" => await ResultAsync(prediction, answer, request, cancellationToken),
            "failed" => Failed(prediction, answer, request),
            "canceled" => new ProviderResult.Failed(Cancelled(prediction, answer), prediction.Id),
            // Its time was up before it began. Nothing sets it one here, and it is not charged for.
            "aborted" => new ProviderResult.Failed(new ItemFailure(FailureKind.TimedOut, "The model did not begin in time at Replicate."), prediction.Id),
            _ => throw Later(answer),
        };
        if (result is not ProviderResult.Pending)
        {
            _cancelAsked.TryRemove(prediction.Id, out _);
        }

        return result;
    }

    // Whether it stopped is seen by looking on; none of the possible answers is a fault.
    public async Task CancelAsync(string handle, long tenantId, CancellationToken cancellationToken)
    {
        var prediction = ReplicateHandle.Parse(handle);
        if (_cancelAsked.Count > MostKept)
        {
            _cancelAsked.Clear();
        }

        _cancelAsked[prediction.Id] = true;
        await client.CancelAsync((await KeyAsync(tenantId, cancellationToken)).Required(Vendor), prediction, cancellationToken);
    }

    private ValueTask<VendorKey> KeyAsync(long tenantId, CancellationToken cancellationToken) => keys.OfAsync(Name, tenantId, options.Value.Token, cancellationToken);

    private async Task<ProviderResult> ResultAsync(ReplicateHandle prediction, ReplicateAnswer answer, GenerationRequest request, CancellationToken cancellationToken)
    {
        var output = answer.Value("output");
        if (output is null or { ValueKind: JsonValueKind.Null } or { ValueKind: JsonValueKind.Array })
        {
            if (answer.Value("data_removed") is { ValueKind: JsonValueKind.True })
            {
                return new ProviderResult.Failed(downloads.Lost("Replicate does not keep the result any more"), prediction.Id);
            }

            if (output is not { ValueKind: JsonValueKind.Array } list || list.GetArrayLength() == 0)
            {
                return new ProviderResult.Failed(new ItemFailure(FailureKind.BadResponse, "Replicate says that it is done, but its answer holds no media."), prediction.Id);
            }

            output = list[0];
        }

        if (output is not { ValueKind: JsonValueKind.String } text)
        {
            return new ProviderResult.Failed(downloads.Lost("the answer has a form that is not known"), prediction.Id);
        }

        var video = request.Kind == GenerationKind.Video;
        var (path, lost) = await downloads.FetchAsync(text.GetString()!, video ? options.Value.MaxVideoBytes : options.Value.MaxImageBytes, cancellationToken);
        return lost is not null
            ? new ProviderResult.Failed(lost, prediction.Id)
            : new ProviderResult.Finished([new Produced(null, path, video ? "video/mp4" : null, null, request.Seed)], RequestId: prediction.Id) { BilledUnits = Counted(answer, request) };
    }

    private ProviderResult.Failed Failed(ReplicateHandle prediction, ReplicateAnswer answer, GenerationRequest request)
    {
        var failure = ReplicateFailures.OfPrediction(answer.Text("error"));
        if (failure.Kind == FailureKind.BadResponse)
        {
            // It may have been the file.
            uploads.Forget(request.TenantId, request.SourceSha256);
        }

        return new ProviderResult.Failed(failure, prediction.Id);
    }

    /// <summary>What was cancelled after it began is charged for; if that was not our wish, it must not be made again unseen.</summary>
    private ItemFailure Cancelled(ReplicateHandle prediction, ReplicateAnswer answer) =>
        _cancelAsked.ContainsKey(prediction.Id) || answer.Value("started_at") is null or { ValueKind: JsonValueKind.Null }
            ? new ItemFailure(FailureKind.Cancelled, "It was cancelled at Replicate.")
            : ReplicateFailures.Unknown("It was cancelled at Replicate after it had begun, and not from here.");

    /// <summary>
    /// What Replicate metered, where that is the unit of the price: the names are those of its own billing metrics. Prices by tokens are booked as quoted, and so is what has no such metric.
    /// </summary>
    private decimal? Counted(ReplicateAnswer answer, GenerationRequest request)
    {
        if (catalog.Find(request.Model!)?.At(Name).Price is not { PerMillionTokens: null } price || answer.Value("metrics") is not { ValueKind: JsonValueKind.Object } metrics)
        {
            return null;
        }

        var name = request.Kind == GenerationKind.Image ? "image_output_count" : BilledUnits.IsWhole(price) ? "video_output_count" : "video_output_duration_seconds";
        return metrics.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var count) && count > 0 ? count : null;
    }

    private static double? RatioOf(string path) => ImageProbe.Read(path, AnyPicture) is ImageProbeResult.Accepted { Width: var width, Height: var height } ? (double)width / height : null;

    private static ProviderResult.Failed Refused(string message) => new(new ItemFailure(FailureKind.InvalidRequest, message));

    private static HttpRequestException Later(ReplicateAnswer answer) => new($"Replicate answered {(int)answer.Status} to a look at a prediction.", null, answer.Status);
}
