using System.Text.RegularExpressions;
using Providers.Prompts;

namespace EnhancerService;

/// <summary>
/// Whether an answer to one prompt will do for another: nearly the same words, and the same facts (quoted words, numbers, colours) and denials in both. Words are
/// compared as sets, by their overlap (Jaccard: shared ÷ all). Pure.
/// </summary>
internal static partial class SimilarPrompts
{
    // They carry no picture.
    private static readonly HashSet<string> Little =
        ["a", "an", "the", "in", "on", "at", "of", "and", "with", "to", "is", "are", "her", "his", "their", "its", "by", "for", "from", "into", "some", "very", "please", "make", "show"];

    private static readonly HashSet<string> Denials = ["no", "not", "without", "never", "none", "nobody", "nothing"];

    /// <summary>The nearest of the others that is near enough; null for none.</summary>
    /// <param name="least">From 0 to 1: the share of all words that both have.</param>
    public static T? Nearest<T>(string prompt, IEnumerable<T> others, Func<T, string> textOf, double least)
        where T : class
    {
        var words = Words(prompt);
        return others.Select(other => (Other: other, Share: Share(words, Words(textOf(other))))).Where(pair => pair.Share >= least && SameFacts(prompt, textOf(pair.Other)))
            .OrderByDescending(pair => pair.Share).FirstOrDefault().Other;
    }

    private static bool SameFacts(string one, string other) =>
        !PromptFacts.Of(one).LostIn(other).Any() && !PromptFacts.Of(other).LostIn(one).Any() && Denied(one).SetEquals(Denied(other));

    private static HashSet<string> Denied(string prompt) => [.. Word().Matches(prompt.ToLowerInvariant()).Select(match => match.Value).Where(Denials.Contains)];

    private static double Share(HashSet<string> one, HashSet<string> other)
    {
        var shared = one.Count(other.Contains);
        var all = one.Count + other.Count - shared;
        return all == 0 ? 0 : (double)shared / all;
    }

    private static HashSet<string> Words(string prompt) => [.. Word().Matches(prompt.ToLowerInvariant()).Select(match => match.Value).Where(word => !Little.Contains(word)).Select(Stem)];

    // Dresses and dress, walking and walk: enough to compare with, and no claim to grammar.
    private static string Stem(string word) => word switch
    {
        { Length: > 5 } when word.EndsWith("ing", StringComparison.Ordinal) => word[..^3],
        { Length: > 4 } when word.EndsWith("es", StringComparison.Ordinal) => word[..^2],
        { Length: > 3 } when word.EndsWith('s') && !word.EndsWith("ss", StringComparison.Ordinal) => word[..^1],
        _ => word,
    };

    [GeneratedRegex(@"[\p{L}\p{N}]+", RegexOptions.CultureInvariant)]
    private static partial Regex Word();
}
