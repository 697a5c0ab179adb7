using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using PipelineService.Idempotency;
using PipelineService.Storage;
using PipelineService.Tests.Assets;
using Testing;

namespace PipelineService.Tests.Idempotency;

/// <summary>A service with one endpoint that makes things, slowly or badly when the test wants it.</summary>
public sealed class IdempotencyFixture : IAsyncLifetime
{
    private int _made;

    public LibraryHost Host { get; private set; } = null!;

    public int Made => _made;

    /// <summary>Requests of a name wait here until they are let go.</summary>
    public ConcurrentDictionary<string, TaskCompletionSource> Gates { get; } = new();

    public async Task InitializeAsync() => Host = await LibraryHost.StartAsync(
        builder => builder.AddIdempotency(),
        app =>
        {
            app.UseIdempotency();
            app.MapPost("/things", MakeAsync).RequireAuthorization();
            app.MapPost("/things/{id:long}/run", (long id) => Results.Accepted($"/things/{id}", new { id, run = Interlocked.Increment(ref _made) })).RequireAuthorization();
        },
        new Dictionary<string, string?> { ["Idempotency:Lease"] = "00:00:00.9", ["Idempotency:SweepEvery"] = "00:00:00.1" });

    public async Task DisposeAsync() => await Host.DisposeAsync();

    private async Task<IResult> MakeAsync(Thing thing, HttpContext context, CancellationToken cancellationToken)
    {
        if (Gates.TryGetValue(thing.Name, out var gate))
        {
            await gate.Task.WaitAsync(cancellationToken);
        }

        var id = Interlocked.Increment(ref _made);
        context.Response.Headers.ETag = "\"1\"";
        return thing.Name switch
        {
            "explodes" => throw new InvalidOperationException("boom"),
            "unavailable" => Results.Problem(statusCode: 503),
            "refused" => Results.Problem(statusCode: 422),
            _ => Results.Created($"/things/{id}", new { id, thing.Name }),
        };
    }

    public sealed record Thing(string Name);
}

public sealed class IdempotencyTests(IdempotencyFixture fixture) : IClassFixture<IdempotencyFixture>
{
    private readonly long _tenant = LibraryHost.NewTenant();

    private HttpClient Client => field ??= fixture.Host.ClientOf(_tenant);

    [Fact]
    public async Task The_same_key_and_body_get_the_first_answer_again()
    {
        using var first = await PostAsync("k1", "a");
        using var second = await PostAsync("k1", "a");

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Created), (first.StatusCode, second.StatusCode));
        Assert.Equal(await first.Content.ReadAsStringAsync(), await second.Content.ReadAsStringAsync());
        Assert.Equal(first.Headers.Location, second.Headers.Location);
        Assert.Equal(first.Headers.ETag, second.Headers.ETag);
        Assert.Equal(first.Content.Headers.ContentType, second.Content.Headers.ContentType);
        Assert.False(first.Headers.Contains("Idempotency-Replayed"));
        Assert.Equal("true", Assert.Single(second.Headers.GetValues("Idempotency-Replayed")));
    }

    [Fact]
    public async Task Without_a_key_every_request_is_its_own()
    {
        using var first = await PostAsync(null, "a");
        using var second = await PostAsync(null, "a");

        Assert.NotEqual(first.Headers.Location, second.Headers.Location);
    }

    [Fact]
    public async Task The_same_key_with_another_body_or_query_is_422()
    {
        using var first = await PostAsync("k2", "a");
        using var body = await PostAsync("k2", "b");
        using var query = await PostAsync("k2", "a", "/things?now=true");

        foreach (var answer in new[] { body, query })
        {
            Assert.NotNull((await UploadTests.ProblemAsync(answer, HttpStatusCode.UnprocessableEntity))["errors"]!["Idempotency-Key"]);
        }
    }

    [Fact]
    public async Task A_key_belongs_to_its_tenant_and_its_route()
    {
        using var mine = await PostAsync("k3", "a");
        using var other = fixture.Host.ClientOf(LibraryHost.NewTenant());
        using var theirs = await PostAsync("k3", "a", client: other);
        using var elsewhere = await PostAsync("k3", null, "/things/7/run");
        using var again = await PostAsync("k3", null, "/things/7/run");
        using var another = await PostAsync("k3", null, "/things/8/run");

        Assert.NotEqual(mine.Headers.Location, theirs.Headers.Location);
        Assert.Equal(HttpStatusCode.Accepted, elsewhere.StatusCode);
        Assert.True(again.Headers.Contains("Idempotency-Replayed"));
        Assert.False(another.Headers.Contains("Idempotency-Replayed"));
    }

    [Fact]
    public async Task Of_many_at_once_one_is_carried_out_and_the_others_wait_or_get_its_answer()
    {
        var before = fixture.Made;
        var answers = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => PostAsync("k4", "race")));

        Assert.Equal(before + 1, fixture.Made);
        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.Created && !answer.Headers.Contains("Idempotency-Replayed"));
        Assert.All(answers, answer => Assert.Contains(answer.StatusCode, new[] { HttpStatusCode.Created, HttpStatusCode.Conflict }));
    }

    [Fact]
    public async Task While_the_first_is_being_answered_the_second_is_told_to_wait()
    {
        var gate = fixture.Gates["slow"] = new TaskCompletionSource();
        var first = PostAsync("k5", "slow");
        await Eventually.HoldsAsync(() => IsHeldAsync("k5"));

        // longer than the lease: a request that lives keeps its key
        var since = TimeProvider.System.GetTimestamp();
        await Eventually.HoldsAsync(() => Task.FromResult(TimeProvider.System.GetElapsedTime(since) > TimeSpan.FromSeconds(1.5)));
        using var second = await PostAsync("k5", "slow");
        gate.SetResult();
        using var answer = await first;
        using var third = await PostAsync("k5", "slow");

        await UploadTests.ProblemAsync(second, HttpStatusCode.Conflict);
        Assert.Equal(TimeSpan.FromSeconds(1), second.Headers.RetryAfter!.Delta);
        Assert.Equal(answer.Headers.Location, third.Headers.Location);
    }

    [Fact]
    public async Task A_client_that_leaves_finds_its_answer_when_it_comes_back()
    {
        var gate = fixture.Gates["left"] = new TaskCompletionSource();
        using var leaving = new CancellationTokenSource();
        var first = PostAsync("k6", "left", cancellationToken: leaving.Token);
        await Eventually.HoldsAsync(() => IsHeldAsync("k6"));
        var before = fixture.Made;

        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        gate.SetResult();

        var again = await Eventually.GetAsync(() => PostAsync("k6", "left"), answer => answer.StatusCode != HttpStatusCode.Conflict);
        Assert.Equal(HttpStatusCode.Created, again.StatusCode);
        Assert.True(again.Headers.Contains("Idempotency-Replayed"));
        Assert.Equal(before + 1, fixture.Made);
    }

    [Theory]
    [InlineData("explodes", HttpStatusCode.InternalServerError, false)]
    [InlineData("unavailable", HttpStatusCode.ServiceUnavailable, false)]
    [InlineData("refused", HttpStatusCode.UnprocessableEntity, true)]
    public async Task A_failure_of_ours_is_not_kept_and_a_refusal_is(string name, HttpStatusCode status, bool kept)
    {
        using var first = await PostAsync("k7", name);
        var before = fixture.Made;
        using var second = await PostAsync("k7", name);

        await UploadTests.ProblemAsync(first, status);
        await UploadTests.ProblemAsync(second, status);
        Assert.Equal(kept ? before : before + 1, fixture.Made);
        Assert.Equal(kept, second.Headers.Contains("Idempotency-Replayed"));
    }

    [Fact]
    public async Task Json_that_cannot_be_read_leaves_the_key_free()
    {
        using var broken = await SendAsync("k8", "{ nope", "/things");
        using var mended = await PostAsync("k8", "a");

        await UploadTests.ProblemAsync(broken, HttpStatusCode.BadRequest);
        Assert.Equal(HttpStatusCode.Created, mended.StatusCode);
    }

    [Fact]
    public async Task A_key_whose_process_died_is_taken_over_by_the_same_body_only()
    {
        await PostAsync("k9", "a");
        await fixture.Host.WithDatabaseAsync(db => db.Idempotency.Where(row => row.TenantId == _tenant && row.Key == "k9").ExecuteUpdateAsync(row => row
            .SetProperty(record => record.StatusCode, (int?)null)
            .SetProperty(record => record.CreatedAt, TimeProvider.System.GetUtcNow().AddSeconds(-2))));

        using var other = await PostAsync("k9", "b");
        using var same = await PostAsync("k9", "a");

        await UploadTests.ProblemAsync(other, HttpStatusCode.UnprocessableEntity);
        Assert.Equal(HttpStatusCode.Created, same.StatusCode);
        Assert.False(same.Headers.Contains("Idempotency-Replayed"));
    }

    [Fact]
    public async Task After_a_day_a_key_is_free_and_its_row_is_swept()
    {
        await PostAsync("k10", "a");
        await fixture.Host.WithDatabaseAsync(db => db.Idempotency.Where(row => row.TenantId == _tenant && row.Key == "k10").ExecuteUpdateAsync(row => row
            .SetProperty(record => record.CreatedAt, TimeProvider.System.GetUtcNow().AddHours(-25))));

        await Eventually.HoldsAsync(() => fixture.Host.WithDatabaseAsync(db => db.Idempotency.AllAsync(row => row.TenantId != _tenant || row.Key != "k10")));

        using var fresh = await PostAsync("k10", "b");
        Assert.Equal(HttpStatusCode.Created, fresh.StatusCode);
    }

    [Fact]
    public async Task A_key_of_255_characters_is_taken_and_what_is_longer_or_invisible_is_refused()
    {
        using var longest = await PostAsync(new string('k', 255), "a");
        using var longer = await PostAsync(new string('k', 256), "a");
        using var empty = await PostAsync("", "a");
        using var spaced = await PostAsync("a b", "a");

        Assert.Equal(HttpStatusCode.Created, longest.StatusCode);
        foreach (var answer in new[] { longer, empty, spaced })
        {
            await UploadTests.ProblemAsync(answer, HttpStatusCode.UnprocessableEntity);
        }
    }

    private Task<bool> IsHeldAsync(string key) => fixture.Host.WithDatabaseAsync((PipelineDbContext db) => db.Idempotency.AnyAsync(row => row.TenantId == _tenant && row.Key == key));

    private Task<HttpResponseMessage> PostAsync(
        string? key, string? name, string path = "/things", HttpClient? client = null, CancellationToken cancellationToken = default) =>
        SendAsync(key, name is null ? null : $$"""{ "name": "{{name}}" }""", path, client, cancellationToken);

    private async Task<HttpResponseMessage> SendAsync(string? key, string? body, string path, HttpClient? client = null, CancellationToken cancellationToken = default)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative));
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        if (key is not null)
        {
            request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        }

        return await (client ?? Client).SendAsync(request, cancellationToken);
    }
}
