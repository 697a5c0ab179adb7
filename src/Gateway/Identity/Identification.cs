namespace Gateway.Identity;

/// <summary>What was found out about a request at the door.</summary>
/// <param name="Caller">Null when there is no credential or a bad one.</param>
internal sealed record Identification(Credential? Credential, KnownCaller? Caller);
