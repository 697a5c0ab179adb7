namespace Providers;

/// <summary>The names of the providers that come with this library.</summary>
public static class ProviderNames
{
    /// <summary>The demo renderer: real files, made on this machine, at no cost.</summary>
    public const string Local = "local";

    /// <summary>Answers at once with the same file; for load and failure tests.</summary>
    public const string NoOp = "no-op";

    /// <summary>The vendor fal.ai.</summary>
    public const string Fal = "fal";

    /// <summary>The vendor Anthropic; writes prompts.</summary>
    public const string Anthropic = "anthropic";

    /// <summary>The vendor OpenAI: pictures, and prompts, which an endpoint compatible with it may write as well.</summary>
    public const string OpenAi = "openai";

    /// <summary>The vendor Replicate.</summary>
    public const string Replicate = "replicate";

    /// <summary>Vendors of pictures and clips, in the order in which workspaces' own keys are preferred: fal has every model, the others some.</summary>
    public static IReadOnlyList<string> Makers { get; } = [Fal, Replicate, OpenAi];

    /// <summary>Vendors of prompts, in the same order.</summary>
    public static IReadOnlyList<string> Writers { get; } = [Anthropic, OpenAi];

    /// <summary>Vendors that a workspace may bring a key for.</summary>
    public static IReadOnlyList<string> Vendors { get; } = [Fal, Replicate, OpenAi, Anthropic];

    /// <summary>True when nothing real is generated or paid for.</summary>
    public static bool IsSimulated(string name) =>
        string.Equals(name, Local, StringComparison.OrdinalIgnoreCase) || string.Equals(name, NoOp, StringComparison.OrdinalIgnoreCase);
}
