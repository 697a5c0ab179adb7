namespace Contracts.Generation;

/// <summary>A lane is one kind of work with a queue and workers of its own.</summary>
public static class Lanes
{
    /// <summary>Prompt sets, done by EnhancerService.</summary>
    public const string Enhance = "enhance";

    /// <summary>Image-to-image, done by ImageWorker.</summary>
    public const string Image = "image";

    /// <summary>Image-to-video, done by VideoWorker.</summary>
    public const string Video = "video";

    public static IReadOnlyList<string> All { get; } = [Enhance, Image, Video];

    /// <summary>The RabbitMQ queue that carries a lane's commands.</summary>
    public static string Queue(string lane) => "generate-" + lane;
}
