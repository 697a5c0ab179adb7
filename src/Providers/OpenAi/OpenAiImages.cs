using Contracts.Generation;
using Media;
using Media.Images;
using Microsoft.Extensions.Options;
using Providers.Catalog;
using Providers.Http;
using Providers.Keys;

namespace Providers.OpenAi;

/// <summary>Pictures by OpenAI's image edits: one call, one picture, paid by the token.</summary>
internal sealed class OpenAiImages(ModelCatalog catalog, OpenAiClient client, WorkspaceKeys keys, IOptions<OpenAiOptions> options, IOptions<MediaOptions> media) : IOpenAiWork
{
    public bool Serves(GenerationKind kind, string? model) =>
        kind == GenerationKind.Image && model is not null && catalog.Find(model) is { Kind: GenerationKind.Image, OpenAi: not null };

    public async Task<ProviderResult> SubmitAsync(GenerationRequest request, CancellationToken cancellationToken)
    {
        var asked = (ImageRequest)request;
        var model = catalog.Find(asked.Model)!;
        var wire = model.OpenAi!;
        var key = await keys.OfAsync(ProviderNames.OpenAi, request.TenantId, options.Value.ApiKey, cancellationToken);
        if (!key.IsThere)
        {
            return new ProviderResult.Failed(key.Missing(OpenAiClient.Vendor));
        }

        FileStream source;
        try
        {
            source = new FileStream(asked.SourcePath, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 64 * 1024, FileOptions.Asynchronous);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return new ProviderResult.Failed(new ItemFailure(FailureKind.SourceMissing, "The source picture is gone from the library. Upload it again and retry."));
        }

        await using (source)
        {
            if (source.Length > wire.MaxImageBytes)
            {
                return new ProviderResult.Failed(
                    new ItemFailure(FailureKind.InvalidRequest, $"The picture is larger than the {wire.MaxImageBytes >> 20} MB that this model takes. Use a smaller one."));
            }

            var path = Path.Combine(Path.GetTempPath(), $"pipeline-openai-{Guid.NewGuid():N}");
            var kept = false;
            try
            {
                var result = await VendorSubmit.GuardAsync(OpenAiClient.Vendor, OpenAiFailures.Unknown, async () => Result(
                    await client.EditAsync(
                        key.Value, OpenAiImageInput.Form(OpenAiImageInput.Fields(model, asked.Parameters, asked.Prompt), source, asked.SourceContentType), asked.RequestKey, path, cancellationToken),
                    path,
                    wire));
                kept = result is ProviderResult.Finished;
                return result;
            }
            finally
            {
                if (!kept)
                {
                    File.Delete(path);
                }
            }
        }
    }

    private ProviderResult Result(OpenAiPicture picture, string path, OpenAiWire wire)
    {
        var id = OpenAiClient.RequestId(picture.Answer);
        if ((int)picture.Answer.Status is < 200 or >= 300)
        {
            return new ProviderResult.Failed(OpenAiFailures.OfImage(picture.Answer), id);
        }

        var why = picture.Flaw switch
        {
            JsonFlaw.TooLarge => $"with more than the {options.Value.MaxImageBytes >> 20} MB that are taken",
            JsonFlaw.NotBase64 => "its picture cannot be read",
            JsonFlaw.NotJson => "its answer cannot be read",
            _ when picture.Bytes == 0 => "without a picture",
            _ => null,
        };
        if (why is not null)
        {
            return new ProviderResult.Failed(OpenAiFailures.Lost(why), id);
        }

        // Looked at here already: what is found to be unusable later is asked for again, and this was paid for.
        return ImageProbe.Read(path, ImageLimits.ForGenerated(media.Value)) switch
        {
            ImageProbeResult.Accepted accepted => new ProviderResult.Finished(
                [new Produced(null, path, ImageFormats.ContentType(accepted.Format), null, null)], OpenAiCost.Of(picture.Answer.Json, wire.Prices), id),
            ImageProbeResult.Refused refused => new ProviderResult.Failed(OpenAiFailures.Lost($"its picture cannot be used: {refused.Reason.TrimEnd('.')}"), id),
            _ => throw new InvalidOperationException("Unknown probe result."),
        };
    }
}
