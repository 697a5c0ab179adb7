using System.Collections.Frozen;

namespace Providers;

/// <summary>Every registered provider by name. Two of one name are a start-up error.</summary>
public sealed class ProviderRegistry(IEnumerable<IProvider> providers)
{
    private readonly FrozenDictionary<string, IProvider> _byName = Index(providers);

    public IReadOnlyCollection<IProvider> All => _byName.Values;

    public IProvider? Find(string name) => _byName.GetValueOrDefault(name);

    private static FrozenDictionary<string, IProvider> Index(IEnumerable<IProvider> providers)
    {
        var byName = new Dictionary<string, IProvider>(StringComparer.OrdinalIgnoreCase);
        foreach (var provider in providers)
        {
            if (!byName.TryAdd(provider.Name, provider))
            {
                throw new InvalidOperationException($"Two providers are named '{provider.Name}'.");
            }
        }

        return byName.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    }
}
