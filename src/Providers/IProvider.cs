namespace Providers;

/// <summary>
/// One way to get things made: a vendor, the demo renderer, the no-op. Reports an expected failure in its result; throws only when cancelled or broken.
/// </summary>
public interface IProvider
{
    /// <summary>Unique and stable; stored with every result, for example <c>local</c>. Matched without regard to case.</summary>
    string Name { get; }

    /// <summary>Whether an attempt whose fate is unknown may be sent again.</summary>
    Resubmit Resubmit { get; }

    /// <summary>True when nothing real is generated or paid for (demo renderer, no-op).</summary>
    bool Simulated { get; }

    /// <summary>Whether the installation has what it needs to use it. Workspaces with keys of their own may use it all the same.</summary>
    bool SetUp => true;

    /// <summary>What an answer depends on besides the request, for caches: the text model and the template that are in use, for example.</summary>
    string Edition => "";

    /// <summary>Requests that one process may have at this provider at once; no more than <c>Worker:Concurrency</c>, which holds for all of them.</summary>
    int Concurrency => int.MaxValue;

    /// <summary>Whether this provider can serve the request's kind and model, with a key.</summary>
    bool Serves(GenerationKind kind, string? model);

    /// <summary>Asks for the work. A synchronous provider answers <see cref="ProviderResult.Finished"/>, an asynchronous one <see cref="ProviderResult.Submitted"/>.</summary>
    Task<ProviderResult> SubmitAsync(GenerationRequest request, CancellationToken cancellationToken);

    /// <summary>Looks after submitted work. Only called with handles that <see cref="SubmitAsync"/> returned, possibly by another process.</summary>
    Task<ProviderResult> PollAsync(string handle, GenerationRequest request, CancellationToken cancellationToken);

    /// <summary>Asks the provider to stop; harmless when it is over.</summary>
    /// <param name="tenantId">Whose request it was.</param>
    Task CancelAsync(string handle, long tenantId, CancellationToken cancellationToken);
}

/// <summary>What may be done with a submit whose answer was lost.</summary>
public enum Resubmit
{
    /// <summary>The same request key gives the same result at no further cost.</summary>
    Safe,

    /// <summary>It may have been bought: it becomes <c>outcome_unknown</c> and is reconciled, never sent again.</summary>
    Never,
}

public enum GenerationKind
{
    Prompts,
    Image,
    Video,
}
