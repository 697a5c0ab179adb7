namespace Providers.Anthropic;

/// <summary>Keeps the wait that an answer asks for: the vendor's client throws it away with the answer.</summary>
internal sealed class RetryAfterNote(TimeProvider time) : DelegatingHandler
{
    private readonly AsyncLocal<Call?> _current = new();

    /// <summary>Opens the note of the call that follows.</summary>
    public Call Begin() => _current.Value = new Call(this);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var call = _current.Value;
        var answer = await base.SendAsync(request, cancellationToken);
        if (call is not null && !answer.IsSuccessStatusCode)
        {
            call.RetryAfter = answer.Headers.RetryAfter switch
            {
                { Delta: { } wait } => Believed(wait),
                { Date: { } date } => Believed(date - time.GetUtcNow()),
                _ => null,
            };
        }

        return answer;
    }

    private static TimeSpan? Believed(TimeSpan wait) => wait >= TimeSpan.Zero && wait <= TimeSpan.FromHours(1) ? wait : null;

    internal sealed class Call(RetryAfterNote owner) : IDisposable
    {
        public TimeSpan? RetryAfter { get; set; }

        public void Dispose() => owner._current.Value = null;
    }
}
