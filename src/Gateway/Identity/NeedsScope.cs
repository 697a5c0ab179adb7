namespace Gateway.Identity;

/// <summary>The scope an endpoint needs whatever the method; without it the method decides.</summary>
internal sealed record NeedsScope(string Scope);
