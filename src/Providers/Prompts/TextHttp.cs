using System.Net;

namespace Providers.Prompts;

/// <summary>The connections that vendors' own clients use: no redirects, so that a key stays where it was sent, and no cookies.</summary>
internal static class TextHttp
{
    /// <param name="inner">What else shall see the messages.</param>
    public static HttpClient Make(DelegatingHandler? inner = null)
    {
        HttpMessageHandler handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.All,
            ConnectTimeout = TimeSpan.FromSeconds(10),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        };
        if (inner is not null)
        {
            inner.InnerHandler = handler;
            handler = inner;
        }

        // Whoever asks has a limit of his own for each call.
        return new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan, MaxResponseContentBufferSize = 4 << 20 };
    }
}
