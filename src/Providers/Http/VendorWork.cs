using Contracts.Generation;

namespace Providers.Http;

/// <summary>What requests for pictures and for clips have in common.</summary>
internal sealed record VendorWork(GenerationParameters Parameters, string Prompt, string SourcePath, string SourceContentType)
{
    /// <param name="vendor">For people.</param>
    public static VendorWork Of(GenerationRequest request, string vendor) => request switch
    {
        ImageRequest image => new VendorWork(image.Parameters, image.Prompt, image.SourcePath, image.SourceContentType),
        VideoRequest video => new VendorWork(video.Parameters, video.Prompt, video.SourcePath, video.SourceContentType),
        _ => throw new NotSupportedException($"{vendor} is not asked for {request.Kind}."),
    };
}
