using System.Globalization;

namespace Providers.Traffic;

/// <summary>What a provider limits: calls of one model on one account.</summary>
/// <param name="Scope">Whose key pays: <see cref="Installation"/>, or <c>t7</c> for workspace 7 with a key of its own.</param>
/// <param name="Provider">In lower case.</param>
/// <param name="Model">Catalog id; empty for prompts.</param>
public readonly record struct RouteKey(string Scope, string Provider, string Model)
{
    /// <summary>The installation's keys, which all workspaces share that have none of their own.</summary>
    public const string Installation = "installation";

    /// <summary>Unmistakable: <c>fal/kling</c>, or <c>t7:fal/kling</c> where a workspace's own key pays.</summary>
    public string Name => Scope == Installation ? $"{Provider}/{Model}" : $"{Scope}:{Provider}/{Model}";

    /// <summary>The workspace whose own key pays; null where it is the installation's.</summary>
    public long? TenantId => Scope == Installation ? null : long.Parse(Scope.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture);

    /// <param name="model">Null for prompts.</param>
    /// <param name="tenantId">The workspace whose own key pays; null where it is the installation's.</param>
    public static RouteKey Of(string provider, string? model, long? tenantId = null)
    {
        ArgumentNullException.ThrowIfNull(provider);
        return new RouteKey(tenantId is { } own ? string.Create(CultureInfo.InvariantCulture, $"t{own}") : Installation, provider.ToLowerInvariant(), model ?? string.Empty);
    }

    /// <param name="name">As <see cref="Name"/> gives it.</param>
    public static RouteKey Parse(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var slash = name.IndexOf('/', StringComparison.Ordinal);
        var (route, model) = (name[..Math.Max(0, slash)], name[(slash + 1)..]);
        var colon = route.IndexOf(':', StringComparison.Ordinal);
        return new RouteKey(colon < 0 ? Installation : route[..colon], route[(colon + 1)..], model);
    }

    /// <summary>For people, for example <c>fal (kling)</c>.</summary>
    public override string ToString() => Model.Length == 0 ? Provider : $"{Provider} ({Model})";
}
