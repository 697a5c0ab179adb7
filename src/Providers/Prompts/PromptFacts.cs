using System.Globalization;
using System.Text.RegularExpressions;
using Providers.Local;
using Providers.Local.Images;

namespace Providers.Prompts;

/// <summary>
/// The facts of a user's prompt that can be looked for in another text: quoted words, numbers, and colours under any of their names. What cannot be told without
/// understanding (who does what) is left to the model. Pure.
/// </summary>
public sealed partial class PromptFacts
{
    private readonly List<string> _quotes;
    private readonly List<string> _numbers;
    private readonly List<IReadOnlyList<string>> _colours;

    private PromptFacts(string prompt)
    {
        _quotes = [.. Quoted().Matches(prompt).Select(match => match.Groups["said"].Value.Trim()).Where(said => said.Length > 0)];
        _numbers = [.. Number().Matches(prompt).Select(match => match.Value).Distinct()];
        _colours = [.. Colours.NamesIn(new Words(prompt))];
    }

    public static PromptFacts Of(string prompt) => new(prompt);

    /// <summary>What of them the text has lost, in words; empty when it has kept all.</summary>
    public IEnumerable<string> LostIn(string text) =>
        _quotes.Where(said => !Has(text, said)).Select(said => $"the quoted words “{said}”")
            .Concat(_numbers.Where(number => !Number().Matches(text).Any(match => match.Value == number) && !Spelled(text, number)).Select(number => $"the number {number}"))
            .Concat(_colours.Where(names => !names.Any(name => Has(text, name))).Select(names => $"the colour {names[0]}"));

    private static bool Spelled(string text, string number) => number.Length == 1 && Has(text, Digits[number[0] - '0']);

    private static bool Has(string text, string part) => CultureInfo.InvariantCulture.CompareInfo.IndexOf(text, part, CompareOptions.IgnoreCase | CompareOptions.IgnoreSymbols) >= 0;

    private static readonly string[] Digits = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];

    [GeneratedRegex("[\"“„«](?<said>[^\"“”„«»]{1,200})[\"”“»]", RegexOptions.CultureInvariant)]
    private static partial Regex Quoted();

    [GeneratedRegex(@"(?<![\p{L}\d])\d+(?:[.,:]\d+)?", RegexOptions.CultureInvariant)]
    private static partial Regex Number();
}
