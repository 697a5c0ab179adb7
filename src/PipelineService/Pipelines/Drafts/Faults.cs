using System.Text.Json;
using ServiceDefaults.Problems;
using ServiceDefaults.Storage;

namespace PipelineService.Pipelines.Drafts;

/// <summary>The broken rules of one request by JSON pointer, and the checks that many fields share.</summary>
internal sealed class Faults
{
    /// <summary>A request of ten thousand blank prompts is told about this many of them.</summary>
    private const int Most = 200;

    private readonly ProblemErrors _errors = new();
    private int _count;

    public bool Any => _errors.Any;

    public void Add(string pointer, string message)
    {
        if (_count++ < Most)
        {
            _errors.Add(pointer, message);
        }
    }

    public Dictionary<string, string[]> ToDictionary() => _errors.ToDictionary();

    /// <summary>Names fields that do not exist, and the one that was probably meant.</summary>
    public void Unknown(string at, IDictionary<string, JsonElement>? fields, IReadOnlyCollection<string> known)
    {
        foreach (var name in fields?.Keys ?? [])
        {
            var meant = NearestWord.Of(name, known) is { } near ? $" Did you mean '{near}'?" : string.Empty;
            Add($"{at}/{Escape(Short(name))}", $"There is no such field.{meant} Accepted: {string.Join(", ", known)}.");
        }
    }

    /// <summary>The value of a word, or the fallback when it is left out; a word that is none is a fault.</summary>
    public TEnum Word<TEnum>(string pointer, string? word, TEnum fallback)
        where TEnum : struct, Enum
    {
        if (word is null)
        {
            return fallback;
        }

        if (OneOf(pointer, word, SnakeCase.All<TEnum>()))
        {
            return SnakeCase.Parse<TEnum>(word);
        }

        return fallback;
    }

    public bool OneOf(string pointer, string? word, IReadOnlyCollection<string> accepted)
    {
        if (word is null || accepted.Contains(word, StringComparer.Ordinal))
        {
            return true;
        }

        Add(pointer, $"'{Short(word)}' is not accepted here. Use one of: {string.Join(", ", accepted)}.");
        return false;
    }

    public bool Range(string pointer, long? value, long least, long most)
    {
        if (value is not { } number || (number >= least && number <= most))
        {
            return true;
        }

        Add(pointer, $"{number} is out of range. Use {least} to {most}.");
        return false;
    }

    /// <param name="noun">For example "A prompt".</param>
    public bool Text(string pointer, string? text, int longest, string noun)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            Add(pointer, $"{noun} cannot be empty. Use 1 to {longest:N0} characters.");
            return false;
        }

        if (text.Length > longest)
        {
            Add(pointer, $"{noun} has {text.Length:N0} characters; at most {longest:N0} are accepted.");
            return false;
        }

        return Printable(pointer, text);
    }

    /// <summary>Control characters other than line breaks and tabs are in no text a person writes, and the database takes no NUL.</summary>
    public bool Printable(string pointer, string text)
    {
        if (!text.Any(character => char.IsControl(character) && character is not ('\n' or '\r' or '\t')))
        {
            return true;
        }

        Add(pointer, "The text contains control characters. Use printable characters, tabs and line breaks only.");
        return false;
    }

    public static string Short(string text) => text.Length <= 60 ? text : text[..60] + "…";

    private static string Escape(string name) => name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
}
