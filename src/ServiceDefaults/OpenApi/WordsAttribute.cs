using ServiceDefaults.Storage;

namespace ServiceDefaults.OpenApi;

/// <summary>
/// What a text may be, each text of a list, or each key of a dictionary, for the description. It checks nothing: whoever reads the text does, and
/// tells all faults at once.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public class WordsAttribute(params string[] words) : Attribute
{
    public IReadOnlyList<string> Words => words;
}

/// <summary>The words of an enum.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class WordsAttribute<TEnum>() : WordsAttribute([.. SnakeCase.All<TEnum>()])
    where TEnum : struct, Enum;
