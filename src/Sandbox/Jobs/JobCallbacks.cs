using System.Net.Http.Headers;
using Sandbox.Fal;
using Sandbox.Replicate;

namespace Sandbox.Jobs;

/// <summary>Calls back when a job has ended, signed as its vendor signs, until somebody takes it.</summary>
internal sealed class JobCallbacks(JobQueue queue, FalSigner fal, ReplicateSigner replicate, TimeProvider time, ILogger<JobCallbacks> logger) : IDisposable
{
    private const int MostTries = 5;
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1);

    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { Timeout = TimeSpan.FromSeconds(15) };

    /// <summary>Null for what is no address.</summary>
    public static Uri? Address(string? text) => Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" ? url : null;

    public async Task SendAsync(string id, CancellationToken cancellationToken)
    {
        if (queue.Find(id) is not var (job, _) || job.Callback is not { } address || job.Fault == Fault.NoWebhook)
        {
            return;
        }

        for (var times = job.Fault == Fault.TwoWebhooks ? 2 : 1; times > 0; times--)
        {
            await UntilTakenAsync(job, address, cancellationToken);
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task UntilTakenAsync(Job job, Uri address, CancellationToken cancellationToken)
    {
        var wait = FirstWait;
        for (var tried = 1; tried <= MostTries; tried++, wait *= 2)
        {
            try
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, address);
                var (body, headers) = job is FalJob falJob ? fal.Sign(falJob) : replicate.Sign((ReplicateJob)job);
                request.Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
                foreach (var (name, value) in headers)
                {
                    request.Headers.TryAddWithoutValidation(name, value);
                }

                using var answer = await _http.SendAsync(request, cancellationToken);
                if (answer.IsSuccessStatusCode)
                {
                    return;
                }

                logger.NotTaken(job.Id, $"{(int)answer.StatusCode}");
            }
            catch (Exception exception) when (exception is HttpRequestException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
            {
                logger.NotTaken(job.Id, exception.Message);
            }

            await Task.Delay(wait, time, cancellationToken);
        }
    }
}
