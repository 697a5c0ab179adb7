using System.Text.Json;
using System.Text.RegularExpressions;
using Providers.Catalog;

namespace Providers.Prompts;

/// <summary>
/// Gathers the prompts of a question that can be used, from one answer or two: not empty, no two alike, short enough, no markdown, none of the user's facts lost.
/// </summary>
internal sealed partial class PromptSheet(PromptsRequest request)
{
    private readonly PromptFacts _facts = PromptFacts.Of(request.Prompt);
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);
    private readonly List<string> _good = [];

    /// <summary>At most as many as were asked for.</summary>
    public IReadOnlyList<string> Good => _good;

    public int Missing => request.Count - _good.Count;

    /// <summary>What was wrong with the rest of the last answer, in sentences for the model.</summary>
    public IReadOnlyList<string> Complaints { get; private set; } = [];

    /// <param name="last">There will be no other answer: what is only too long is shortened at a sentence.</param>
    public void Take(string answer, bool last)
    {
        var complaints = new List<string>();
        if (Read(answer) is not { } prompts)
        {
            Complaints = ["The answer is not JSON of the form {\"prompts\":[\"…\"]}."];
            return;
        }

        var before = Missing;
        foreach (var prompt in prompts.Select(prompt => prompt.Trim()))
        {
            if (Missing > 0 && Add(prompt, last) is { } complaint)
            {
                complaints.Add(complaint);
            }
        }

        if (prompts.Count < before)
        {
            complaints.Add($"There are only {prompts.Count} of {before}.");
        }

        Complaints = [.. complaints.Distinct()];
    }

    /// <summary>Adds what somebody else wrote, where it is different from what is there.</summary>
    /// <returns>Those that were added.</returns>
    public IReadOnlyList<string> Fill(IEnumerable<string> others)
    {
        var added = new List<string>();
        foreach (var prompt in others)
        {
            if (Missing > 0 && _taken.Add(Normalised(prompt)))
            {
                _good.Add(prompt);
                added.Add(prompt);
            }
        }

        return added;
    }

    private string? Add(string prompt, bool last)
    {
        if (prompt.Length == 0)
        {
            return "One is empty.";
        }

        if (Markdown().IsMatch(prompt))
        {
            return "One has markdown or numbering in it.";
        }

        if (request.MaxChars is { } most && prompt.Length > most)
        {
            if (!last)
            {
                return $"One has more than {most} characters.";
            }

            prompt = PromptLimit.Shorten(prompt, most);
        }

        if (_facts.LostIn(prompt).FirstOrDefault() is { } lost)
        {
            return $"One has lost {lost}.";
        }

        if (!_taken.Add(Normalised(prompt)))
        {
            return "Two are the same.";
        }

        _good.Add(prompt);
        return null;
    }

    private static List<string>? Read(string answer)
    {
        try
        {
            using var document = JsonDocument.Parse(answer);
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("prompts", out var prompts) && prompts.ValueKind == JsonValueKind.Array
                ? [.. prompts.EnumerateArray().Select(prompt => prompt.ValueKind == JsonValueKind.String ? prompt.GetString()! : "")]
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Normalised(string prompt) => string.Concat(prompt.Where(char.IsLetterOrDigit)).ToUpperInvariant();

    [GeneratedRegex(@"^\s*(?:[-*#>]|\d{1,2}[.)]\s)|\*\*|```|^\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex Markdown();
}
