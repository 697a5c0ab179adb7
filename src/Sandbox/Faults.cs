using System.Text.RegularExpressions;

namespace Sandbox;

/// <summary>What goes wrong on demand.</summary>
internal enum Fault
{
    None,

    /// <summary>429 with Retry-After; nothing is accepted.</summary>
    RateLimit,

    /// <summary>503, a web server's own page; nothing is accepted.</summary>
    Ingress,

    /// <summary>The balance is exhausted: 403 at fal, 402 at Replicate and Anthropic, 429 at OpenAI. Nothing is accepted.</summary>
    Balance,

    /// <summary>Accepted, and the connection is cut instead of an answer.</summary>
    LostAnswer,

    /// <summary>Accepted, and the answer never comes.</summary>
    NoAnswer,

    /// <summary>The model's safety check refuses.</summary>
    Policy,

    /// <summary>The model cannot fetch the source.</summary>
    SourceDownload,

    /// <summary>The model fails: at fal with 500.</summary>
    ModelError,

    /// <summary>The model takes too long: at fal 504.</summary>
    ModelTimeout,

    /// <summary>Success without media.</summary>
    NoMedia,

    /// <summary>A result, at Replicate the first one, that is not JSON.</summary>
    NotJson,

    /// <summary>The end of the job is not called back.</summary>
    NoWebhook,

    /// <summary>The end of the job is called back twice.</summary>
    TwoWebhooks,

    /// <summary>Half of the prompts that were asked for.</summary>
    ShortAnswer,

    /// <summary>The file comes slowly.</summary>
    SlowFile,

    /// <summary>The file is cut off, the first time it is asked for.</summary>
    CutFile,

    /// <summary>The file is a text.</summary>
    WrongFile,

    /// <summary>The file is at an address inside a private network.</summary>
    PrivateFile,
}

/// <summary>
/// Faults by a mark in the prompt (<c>[fault: policy]</c>), or as a share of all jobs (<c>0.02</c>: every fiftieth). Shares are kept exactly and evenly, not by chance, so that
/// a run of a known size has a known number of them.
/// </summary>
internal sealed partial class Faults
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Fault, (decimal Share, decimal Owed)> _shares = [];

    public static IEnumerable<Fault> All => Enum.GetValues<Fault>().Where(fault => fault != Fault.None);

    /// <summary>snake_case, as in marks and in the admin's calls.</summary>
    public static string Name(Fault fault) => Capital().Replace(fault.ToString(), "_$0").TrimStart('_').ToLowerInvariant();

    public static Fault? Parse(string name) => All.Cast<Fault?>().FirstOrDefault(fault => Name(fault!.Value) == name);

    /// <summary>What befalls the next job.</summary>
    public Fault Next(string prompt)
    {
        if (Mark().Match(prompt) is { Success: true } mark && Parse(mark.Groups[1].Value) is { } asked)
        {
            return asked;
        }

        lock (_lock)
        {
            var chosen = Fault.None;
            foreach (var (fault, (share, owed)) in _shares.ToList())
            {
                var now = owed + share;
                if (now >= 1 && chosen == Fault.None)
                {
                    (chosen, now) = (fault, now - 1);
                }

                _shares[fault] = (share, now);
            }

            return chosen;
        }
    }

    /// <param name="share">0 to 1; 0 ends it.</param>
    public void Set(Fault fault, decimal share)
    {
        lock (_lock)
        {
            if (share > 0)
            {
                _shares[fault] = (share, 0);
            }
            else
            {
                _shares.Remove(fault);
            }
        }
    }

    public IReadOnlyDictionary<string, decimal> Shares()
    {
        lock (_lock)
        {
            return _shares.ToDictionary(pair => Name(pair.Key), pair => pair.Value.Share);
        }
    }

    [GeneratedRegex(@"\[fault: ?([a-z_]+)\]", RegexOptions.CultureInvariant)]
    private static partial Regex Mark();

    [GeneratedRegex("[A-Z]", RegexOptions.CultureInvariant)]
    private static partial Regex Capital();
}
