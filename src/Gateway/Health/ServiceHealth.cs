using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Gateway.Health;

/// <summary>A service is ready when one of its instances says so, which includes what that service itself needs.</summary>
internal sealed class ServiceHealth(string service, IReadOnlyList<string> addresses, IHttpClientFactory clients, TimeProvider time) : IHealthCheck
{
    // /readyz is open and unlimited; however often it is asked, the services are asked once in this time.
    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly Lock _asking = new();
    private Task<HealthCheckResult>? _answer;
    private long _askedAt;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        lock (_asking)
        {
            if (_answer is null || (_answer.IsCompleted && time.GetElapsedTime(_askedAt) > AskAgainAfter))
            {
                _askedAt = time.GetTimestamp();
                _answer = AskAsync();
            }

            return _answer.WaitAsync(cancellationToken);
        }
    }

    private async Task<HealthCheckResult> AskAsync()
    {
        using var client = clients.CreateClient();
        client.Timeout = Patience;
        var reasons = new List<string>();
        foreach (var address in addresses)
        {
            try
            {
                using var answer = await client.GetAsync(new Uri(new Uri(address), "/readyz"));
                if (answer.IsSuccessStatusCode)
                {
                    return HealthCheckResult.Healthy();
                }

                reasons.Add($"it answered {(int)answer.StatusCode}");
            }
            catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
            {
                reasons.Add("it cannot be reached");
            }
        }

        return HealthCheckResult.Unhealthy($"{service} is not ready: {string.Join(", ", reasons)}.");
    }
}
