using Microsoft.Extensions.Options;
using Providers.Catalog;

namespace Providers.Selection;

/// <summary>Holds the configuration to what is really set up, at start.</summary>
internal sealed class ProviderSelectionCheck(ProviderRegistry registry, ModelCatalog catalog) : IValidateOptions<ProvidersOptions>
{
    public ValidateOptionsResult Validate(string? name, ProvidersOptions options)
    {
        var problems = ProviderSelection.Problems(options, registry, catalog).ToList();
        return problems.Count > 0 ? ValidateOptionsResult.Fail(problems) : ValidateOptionsResult.Success;
    }
}
