using System.Diagnostics.CodeAnalysis;

namespace Providers.NoOp;

/// <summary>The files that the no-op provider always answers with, written once a process to a folder of temporary files.</summary>
internal sealed class NoOpFiles : IDisposable
{
    private readonly Lazy<DirectoryInfo> _folder = new(WriteAll);

    public Produced Image(long seed) => Shared("image.png", "image/png", null, seed);

    /// <summary>One second, 64 × 64.</summary>
    public Produced Video(long seed) => Shared("video.mp4", "video/mp4", "poster.jpg", seed);

    [SuppressMessage("Design", "CA1031", Justification = "A temporary folder that will not go is no reason to fail at the end.")]
    public void Dispose()
    {
        try
        {
            if (_folder.IsValueCreated)
            {
                _folder.Value.Delete(recursive: true);
            }
        }
        catch (Exception)
        {
            // left to the system's own cleaning
        }
    }

    private Produced Shared(string file, string contentType, string? poster, long seed)
    {
        var folder = _folder.Value.FullName;
        return new Produced(null, Path.Combine(folder, file), contentType, poster is null ? null : Path.Combine(folder, poster), seed) { Owned = false };
    }

    private static DirectoryInfo WriteAll()
    {
        var folder = Directory.CreateTempSubdirectory("pipeline-no-op-");
        foreach (var name in new[] { "image.png", "video.mp4", "poster.jpg" })
        {
            using var embedded = typeof(NoOpFiles).Assembly.GetManifestResourceStream("no-op/" + name)
                ?? throw new InvalidOperationException($"{name} is not embedded.");
            using var file = File.Create(Path.Combine(folder.FullName, name));
            embedded.CopyTo(file);
        }

        return folder;
    }
}
