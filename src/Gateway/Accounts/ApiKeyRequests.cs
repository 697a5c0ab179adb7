using System.ComponentModel.DataAnnotations;
using Gateway.Identity;
using ServiceDefaults.OpenApi;
using ServiceDefaults.Problems;

namespace Gateway.Accounts;

/// <summary>A key to make.</summary>
/// <param name="Name">What it is for, 1 to 100 characters.</param>
/// <param name="Scopes">What it may do, any of `read` (GET), `run` (everything that changes or starts something) and `admin` (API keys).</param>
internal sealed record CreateApiKey([property: Required] string? Name, [property: Required][ScopeWords] IReadOnlyList<string>? Scopes)
{
    private const int LongestName = 100;

    /// <param name="own">The caller's scopes; nobody gives what they do not have.</param>
    public ProblemErrors Validate(IReadOnlyList<string> own)
    {
        var errors = new ProblemErrors();
        if (string.IsNullOrWhiteSpace(Name) || Name.Trim().Length > LongestName)
        {
            errors.Add("/name", $"Give it a name of 1 to {LongestName} characters.");
        }

        if (Scopes is not { Count: > 0 })
        {
            errors.Add("/scopes", $"Give at least one scope of: {string.Join(", ", Identity.Scopes.All)}.");
            return errors;
        }

        for (var index = 0; index < Scopes.Count; index++)
        {
            if (!Identity.Scopes.All.Contains(Scopes[index]))
            {
                errors.Add($"/scopes/{index}", $"There is no such scope. Accepted: {string.Join(", ", Identity.Scopes.All)}.");
            }
            else if (!own.Contains(Scopes[index]))
            {
                errors.Add($"/scopes/{index}", $"You can give only scopes that you have: {string.Join(", ", own)}.");
            }
        }

        return errors;
    }
}

/// <summary>A key, without its secret.</summary>
/// <param name="Prefix">The first characters of the key.</param>
/// <param name="LastUsedAt">To within half a minute.</param>
internal sealed record ApiKeyView(
    long Id, string Name, string Prefix, [ScopeWords] IReadOnlyList<string> Scopes, DateTimeOffset CreatedAt, DateTimeOffset? LastUsedAt, DateTimeOffset? RevokedAt);

/// <summary>A new key with its secret, which is shown only here.</summary>
/// <param name="Key">The key itself. Keep it; it cannot be shown again.</param>
internal sealed record CreatedApiKey(long Id, string Name, string Prefix, [ScopeWords] IReadOnlyList<string> Scopes, DateTimeOffset CreatedAt, string Key);

/// <summary>A page of keys.</summary>
/// <param name="NextCursor">For the next page; null on the last.</param>
internal sealed record ApiKeyPage(IReadOnlyList<ApiKeyView> Data, string? NextCursor);

[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
internal sealed class ScopeWordsAttribute() : WordsAttribute([.. Scopes.All]);
