using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Contracts.Generation;
using Providers;
using Providers.Prompts;

namespace Sandbox.Text;

/// <summary>What the stand-in was asked, whichever vendor's way of asking it was.</summary>
/// <param name="Texts">Of the system and of every message, in order.</param>
/// <param name="Earlier">Answers of the model that stand in it.</param>
/// <param name="WantsJson">A schema was given.</param>
internal sealed record TextAsked(string System, IReadOnlyList<string> Texts, int Pictures, int Earlier, bool WantsJson)
{
    public string All => string.Join('\n', Texts.Prepend(System));

    public string Messages => string.Join('\n', Texts);
}

/// <summary>Writes the answers: the demo writer's prompts where JSON is wanted, a sentence elsewhere. Reads how many and of what from the question, as a model would.</summary>
internal sealed partial class TextAnswers(ProviderRegistry providers)
{
    private const int MostPrompts = 50;
    private const int TokensOfPicture = 1500;

    /// <summary>The answer, and what of it the fault leaves.</summary>
    public async Task<string> WriteAsync(TextAsked asked, Fault fault, CancellationToken cancellationToken)
    {
        if (!asked.WantsJson || fault == Fault.NotJson)
        {
            return "Of course! Here are some ideas for you.";
        }

        var count = Count().Matches(asked.Messages) is { Count: > 0 } counts && int.TryParse(counts[^1].Groups[1].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var wanted)
            ? Math.Clamp(wanted, 1, MostPrompts)
            : 1;
        var material = Material().Match(asked.Messages) is { Success: true } match ? match.Groups[1].Value : asked.Texts is [.., var said] ? said : "a picture";
        int? most = Most().Match(asked.All) is { Success: true } limit ? int.Parse(limit.Groups[1].Value, CultureInfo.InvariantCulture) : null;
        var target = asked.System.Contains("image-to-video", StringComparison.Ordinal) ? StepTypes.ImageToVideo : StepTypes.ImageToImage;
        // Asked again, it writes others.
        var request = new PromptsRequest(0, "sandbox", 0, Mark().Replace(material, ""), count * (asked.Earlier + 1), target, null, most, [], null, null);
        var finished = (ProviderResult.Finished)await providers.Find(ProviderNames.Local)!.SubmitAsync(request, cancellationToken);
        var prompts = finished.Outputs.Select(output => output.Text!).Skip(count * asked.Earlier);
        return JsonSerializer.Serialize(new
        {
            prompts = fault switch
            {
                Fault.NoMedia => [],
                Fault.ShortAnswer => prompts.Take(count / 2),
                _ => prompts,
            },
        });
    }

    /// <summary>About four letters to a token.</summary>
    public static TextUsage Usage(TextAsked asked, string answer) => new(((asked.All.Length + 3) / 4) + (asked.Pictures * TokensOfPicture), (answer.Length + 3) / 4);

    [GeneratedRegex(@"exactly (\d{1,3})", RegexOptions.CultureInvariant)]
    private static partial Regex Count();

    [GeneratedRegex("<user_prompt>(.*?)</user_prompt>", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Material();

    [GeneratedRegex(@"At most (\d{1,6}) characters", RegexOptions.CultureInvariant)]
    private static partial Regex Most();

    [GeneratedRegex(@"\[fault: ?[a-z_]+\]", RegexOptions.CultureInvariant)]
    private static partial Regex Mark();
}
