namespace Providers.Local;

/// <summary>A text as lower-case words, for looking up what it speaks of.</summary>
internal sealed class Words
{
    private readonly string _padded;

    public Words(string text)
    {
        var letters = string.Create(text.Length + 2, text, static (span, source) =>
        {
            span.Fill(' ');
            for (var i = 0; i < source.Length; i++)
            {
                span[i + 1] = char.IsLetterOrDigit(source[i]) ? char.ToLowerInvariant(source[i]) : ' ';
            }
        });
        All = letters.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        _padded = $" {string.Join(' ', All)} ";
    }

    public IReadOnlyList<string> All { get; }

    /// <summary>Whether the word or phrase (lower case, single spaces, no hyphens) stands in the text as whole words.</summary>
    public bool Has(string phrase) => _padded.Contains($" {phrase} ", StringComparison.Ordinal);

    /// <summary>Where the word or phrase begins, in characters; -1 when it does not stand in the text.</summary>
    public int Position(string phrase) => _padded.IndexOf($" {phrase} ", StringComparison.Ordinal);

    public bool HasAny(params ReadOnlySpan<string> phrases)
    {
        foreach (var phrase in phrases)
        {
            if (Has(phrase))
            {
                return true;
            }
        }

        return false;
    }
}
