using Contracts.Generation;
using Media.Images;
using Microsoft.Extensions.Options;

namespace Providers.Local.Images;

/// <summary>Makes a JPEG from a picture and a prompt: a photographer's and a darkroom's means, no invention.</summary>
internal sealed class LocalImages(Workbench workbench, IOptions<LocalOptions> options)
{
    public async Task<ProviderResult> RenderAsync(ImageRequest request, CancellationToken cancellationToken)
    {
        var (source, refused) = workbench.Examine(request.SourcePath);
        if (source is null)
        {
            return new ProviderResult.Failed(refused!);
        }

        var size = ImageSize.For(request.Parameters, (double)source.Width / source.Height).Within(options.Value.LongestSide);
        var made = Workbench.TemporaryFile("jpg");
        ItemFailure? failure = new(FailureKind.Internal, "The rendering was interrupted.");
        try
        {
            var fault = await workbench.RunAsync(
                Label.Text(request.Prompt, size.Width, size.Height),
                textFile => Arguments(request, source, size, textFile, made, options.Value.FontPath),
                cancellationToken);
            if (fault is null)
            {
                await Imprint.PutAsync(made, cancellationToken);
            }

            failure = fault;
            return failure is null
                ? new ProviderResult.Finished([new Produced(null, made, "image/jpeg", null, request.Seed)])
                : new ProviderResult.Failed(failure);
        }
        finally
        {
            if (failure is not null)
            {
                File.Delete(made);
            }
        }
    }

    private IReadOnlyList<string> Arguments(
        ImageRequest request, ImageProbeResult.Accepted source, ImageSize size, string textFile, string made, string? font) =>
    [
        // single-threaded: the same request gives the same bytes on any machine, and the slots bound what is used
        .. workbench.Input(request.SourcePath, source.Format),
        "-filter_complex_threads", "1", "-filter_complex", Graph(request, source.Format, Imprint.IsOn(request.SourcePath), size, textFile, font), "-map", "[out]",
        "-frames:v", "1", "-threads", "1", "-c:v", "mjpeg", "-q:v", Quality(request.Parameters.Quality), "-pix_fmt", "yuvj444p",
        "-map_metadata", "-1", "-fflags", "+bitexact", "-flags:v", "+bitexact", "-f", "image2", "-update", "1", "file:" + made,
    ];

    /// <summary>The whole picture as one filter graph; the same request always gives the same text.</summary>
    internal static string Graph(ImageRequest request, ImageFormat format, bool captioned, ImageSize size, string textFile, string? font)
    {
        var working = size.Working();
        var wishes = Wishes.Of(request.Prompt, request.Variation);
        var composition = Dice.Of(request.Prompt);
        var take = Dice.Of(request.Parameters.Model, request.Seed);

        var graph = new FilterGraph("0:v:0", working.Width, working.Height);
        graph.Then(Fit.Fill(working.Width, working.Height, captioned));
        if (format != ImageFormat.Jpeg)
        {
            graph.Over("0xF2F2F2");
        }

        var shot = new Shot(graph, (double)working.Width / working.Height);
        Framing.Compose(shot, wishes, composition);
        Framing.Angle(shot, wishes.Angle);
        Framing.Distance(shot, wishes.Distance);
        Bearing.Pose(shot, wishes.Pose);
        Bearing.Expression(shot, wishes.Expression);
        Framing.Take(shot, wishes, take);
        Outfits.Dress(shot, wishes);
        Lighting.FromWords(shot, wishes.Words);
        Lighting.Standard(shot, wishes.Lighting);
        Styles.Apply(shot, wishes.Words);
        shot.Render();
        if (working != size)
        {
            graph.Resize(size.Width, size.Height);
        }

        return graph.Then(Label.Strip(size.Width, size.Height, textFile, font)).End("out");
    }

    private static string Quality(string? quality) => quality switch
    {
        "low" => "7",
        "medium" => "4",
        _ => "2",
    };
}
