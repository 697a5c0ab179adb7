using Microsoft.AspNetCore.Http;

namespace Providers.Webhooks;

/// <summary>
/// A vendor's way to say that a job has ended. Nothing but the job's id is taken from it: the result is asked for as without it, so a call that is missing, late,
/// repeated or made up changes nothing but how soon that happens.
/// </summary>
public interface IWebhook
{
    /// <summary>Name of the provider, the last part of the address that is called.</summary>
    string Provider { get; }

    /// <summary>The vendor's id of the job; null when the call is not the vendor's.</summary>
    /// <param name="body">As it came, because it is signed byte by byte.</param>
    Task<string?> JobAsync(IHeaderDictionary headers, ReadOnlyMemory<byte> body, CancellationToken cancellationToken);
}
