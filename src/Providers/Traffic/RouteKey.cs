namespace Providers.Traffic;

/// <summary>What a provider limits: calls of one model on one account.</summary>
/// <param name="Scope">Whose key pays; today always <see cref="Installation"/>.</param>
/// <param name="Provider">In lower case.</param>
/// <param name="Model">Catalog id; empty for prompts.</param>
public readonly record struct RouteKey(string Scope, string Provider, string Model)
{
    /// <summary>The installation's own keys, which all workspaces share.</summary>
    public const string Installation = "installation";

    /// <summary>Its name within the scope.</summary>
    public string Name => $"{Provider}/{Model}";

    /// <param name="model">Null for prompts.</param>
    public static RouteKey Of(string provider, string? model)
    {
        ArgumentNullException.ThrowIfNull(provider);
        return new RouteKey(Installation, provider.ToLowerInvariant(), model ?? string.Empty);
    }

    /// <param name="name">As <see cref="Name"/> gives it.</param>
    public static RouteKey Parse(string scope, string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var slash = name.IndexOf('/', StringComparison.Ordinal);
        return new RouteKey(scope, name[..Math.Max(0, slash)], name[(slash + 1)..]);
    }

    /// <summary>For people, for example <c>fal (kling)</c>.</summary>
    public override string ToString() => Model.Length == 0 ? Provider : $"{Provider} ({Model})";
}
