using Microsoft.AspNetCore.Http;

namespace Providers.Webhooks;

/// <summary>
/// A vendor's way to say that a job has ended. Nothing but which job it is is taken from it: the result is asked for as without it, so a call that is missing, late,
/// repeated or made up changes nothing but how soon that happens.
/// </summary>
public interface IWebhook
{
    /// <summary>Name of the provider, the last part of the address that is called.</summary>
    string Provider { get; }

    /// <summary>Null when the call is not the vendor's.</summary>
    /// <param name="body">As it came, because it is signed byte by byte.</param>
    Task<WebhookCall?> ReadAsync(IHeaderDictionary headers, IQueryCollection query, ReadOnlyMemory<byte> body, CancellationToken cancellationToken);
}

/// <param name="Id">The vendor's id of the job.</param>
/// <param name="RequestKey">Our key of the request, where the address that was given to the vendor proves it.</param>
/// <param name="Handle">What the job is looked after with, should its submit's answer have been lost; only with <paramref name="RequestKey"/>.</param>
public sealed record WebhookCall(string Id, string? RequestKey = null, string? Handle = null);
