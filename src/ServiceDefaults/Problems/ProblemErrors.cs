namespace ServiceDefaults.Problems;

/// <summary>Collects broken rules, keyed by JSON pointer, so that all are told at once.</summary>
public sealed class ProblemErrors
{
    private readonly SortedDictionary<string, List<string>> _errors = new(StringComparer.Ordinal);

    public bool Any => _errors.Count > 0;

    public void Add(string pointer, string message)
    {
        if (!_errors.TryGetValue(pointer, out var messages))
        {
            _errors[pointer] = messages = [];
        }

        if (!messages.Contains(message, StringComparer.Ordinal))
        {
            messages.Add(message);
        }
    }

    public Dictionary<string, string[]> ToDictionary() => _errors.ToDictionary(pair => pair.Key, pair => pair.Value.ToArray());
}
