using System.Net;
using Contracts.Generation;
using Workers.Tests.Support;
using Xunit;

namespace Workers.Tests.Items;

/// <summary>A vendor's word that a job has ended brings the next look forward, and does nothing else.</summary>
public sealed class WebhookTests(Workshop workshop) : IClassFixture<Workshop>, IAsyncLifetime
{
    private WorkerHost _worker = null!;
    private ImageTask _task = null!;

    // Somebody else's job, so that no look of this worker's comes in between.
    public async Task InitializeAsync()
    {
        _worker = await workshop.StartAsync(new ScriptedProvider());
        _task = await workshop.TaskAsync();
        await workshop.LeaveJobAsync(_task, ownerLives: true, handle: "job-7 /somewhere/job-7");
    }

    public async Task DisposeAsync()
    {
        await workshop.StopWorkersAsync();
        await workshop.ExecuteAsync("delete from worker.provider_jobs");
    }

    [Fact]
    public async Task The_job_is_due_for_a_look_at_once()
    {
        Assert.Equal(HttpStatusCode.NoContent, await CallAsync("scripted", "truly", "job-7"));
        Assert.Equal(true, await workshop.AskAsync("select poll_at <= now() from worker.provider_jobs"));
    }

    [Theory]
    [InlineData("scripted", "falsely", "job-7", HttpStatusCode.Unauthorized)]
    [InlineData("nobody", "truly", "job-7", HttpStatusCode.NotFound)]
    [InlineData("scripted", "truly", "job-8", HttpStatusCode.NoContent)]
    [InlineData("scripted", "truly", "", HttpStatusCode.NoContent)]
    public async Task Other_calls_change_nothing(string provider, string said, string job, HttpStatusCode expected)
    {
        Assert.Equal(expected, await CallAsync(provider, said, job));
        Assert.Equal(true, await workshop.AskAsync("select poll_at > now() + interval '30 minutes' from worker.provider_jobs"));
    }

    [Theory]
    [InlineData("unknown", HttpStatusCode.NoContent, "submitted")]
    [InlineData("submitting", (HttpStatusCode)425, "submitting")]
    [InlineData("failed", HttpStatusCode.NoContent, "failed")]
    [InlineData("done", HttpStatusCode.NoContent, "done")]
    public async Task A_request_of_unknown_fate_is_taken_up_again_and_no_other(string state, HttpStatusCode expected, string after)
    {
        await workshop.ExecuteAsync("update worker.provider_jobs set state = $1, handle = null, result = case when $1 = 'submitting' then null else '{}' end", state);

        Assert.Equal(expected, await CallAsync("scripted", "truly", "job-9", _task.RequestKey));

        // An attached job is this worker's at once and may have been finished already.
        var now = await workshop.StateAsync(_task.Item);
        Assert.True(now == after || (after == "submitted" && now == "done"), now);
    }

    [Fact]
    public async Task What_was_bought_by_a_request_of_unknown_fate_is_fetched_and_told()
    {
        await workshop.ExecuteAsync("update worker.provider_jobs set state = 'unknown', handle = null, result = '{}'");
        await CallAsync("scripted", "truly", "job-9", _task.RequestKey);
        Assert.Null((await workshop.Ledger.ResultAsync(_task.Item)).Failure);
    }

    [Theory]
    [InlineData("1-2")]
    [InlineData("1-2-3-4")]
    [InlineData("a-b-c")]
    [InlineData("1-99999999999999999999-1")]
    public async Task A_key_that_is_none_changes_nothing(string key) => Assert.Equal(HttpStatusCode.NoContent, await CallAsync("scripted", "truly", "job-9", key));

    [Fact]
    public async Task A_body_without_an_end_is_not_read()
    {
        using var client = new HttpClient { BaseAddress = _worker.Address };
        using var content = new ByteArrayContent(new byte[5 << 20]);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await client.PostAsync("/webhooks/scripted", content)).StatusCode);
    }

    private async Task<HttpStatusCode> CallAsync(string provider, string said, string job, string? key = null)
    {
        using var client = new HttpClient { BaseAddress = _worker.Address };
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/webhooks/{provider}?job={key}") { Content = new StringContent(job) };
        request.Headers.Add(SaidWebhook.Header, said);
        return (await client.SendAsync(request)).StatusCode;
    }
}
