using System.Net;
using System.Net.Http.Json;
using System.Text;
using Gateway.Tests.Support;
using Testing;
using Xunit;

namespace Gateway.Tests.Accounts;

public sealed class ApiKeyTests(GatewayFixture fixture) : IClassFixture<GatewayFixture>
{
    private readonly GatewayApp _app = fixture.App;

    [Fact]
    public async Task A_key_is_shown_once()
    {
        var answer = await _app.Demo.PostAsJsonAsync("/api-keys", new { name = "  Night runs ", scopes = new[] { "run", "read", "run" } });
        var made = await answer.JsonAsync();

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.Equal($"/api-keys/{made["id"]}", answer.Headers.Location!.ToString());
        Assert.Equal("no-store", answer.Header("Cache-Control"));
        Assert.StartsWith("pk_", (string)made["key"]!, StringComparison.Ordinal);
        Assert.StartsWith((string)made["prefix"]!, (string)made["key"]!, StringComparison.Ordinal);
        Assert.Equal("Night runs", (string?)made["name"]);
        Assert.Equal("""["read","run"]""", made["scopes"]!.ToJsonString());

        var read = await (await _app.Demo.GetAsync(answer.Headers.Location)).JsonAsync();
        Assert.Null(read["key"]);
        Assert.DoesNotContain((string)made["key"]!, await _app.Demo.GetStringAsync("/api-keys"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_last_use_is_shown()
    {
        var (id, key) = await _app.MakeKeyAsync("read");
        Assert.Null((await (await _app.Demo.GetAsync($"/api-keys/{id}")).JsonAsync())["last_used_at"]);

        await _app.Client(key).GetAsync("/pipelines");

        Assert.NotNull((await (await _app.Demo.GetAsync($"/api-keys/{id}")).JsonAsync())["last_used_at"]);
    }

    [Fact]
    public async Task All_faults_are_told_at_once()
    {
        var problem = await (await _app.Demo.PostAsJsonAsync("/api-keys", new { name = "", scopes = new[] { "read", "write" } })).ProblemAsync(422, "validation");

        Assert.Equal(["/name", "/scopes/1"], problem["errors"]!.AsObject().Select(pair => pair.Key));
        Assert.Contains("read, run, admin", (string)problem["errors"]!["/scopes/1"]![0]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_json_is_400()
    {
        var body = new StringContent("{ not json", Encoding.UTF8, "application/json");

        await (await _app.Demo.PostAsync("/api-keys", body)).ProblemAsync(400, "unreadable");
    }

    [Fact]
    public async Task Nobody_gives_scopes_they_do_not_have()
    {
        var (_, key) = await _app.MakeKeyAsync("admin");
        var problem = await (await _app.Client(key).PostAsJsonAsync("/api-keys", new { name = "more", scopes = new[] { "admin", "run" } })).ProblemAsync(422, "validation");

        Assert.Contains("scopes that you have: admin", (string)problem["errors"]!["/scopes/1"]![0]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keys_are_paged_newest_first()
    {
        var ids = new List<long>();
        for (var index = 0; index < 3; index++)
        {
            ids.Insert(0, (await _app.MakeKeyAsync("read")).Id);
        }

        var first = await (await _app.Demo.GetAsync("/api-keys?limit=2")).JsonAsync();
        var second = await (await _app.Demo.GetAsync($"/api-keys?limit=1&cursor={first["next_cursor"]}")).JsonAsync();

        Assert.Equal(ids.Take(2), first["data"]!.AsArray().Select(key => (long)key!["id"]!));
        Assert.Equal(ids[2], (long)second["data"]![0]!["id"]!);
        var problem = await (await _app.Demo.GetAsync("/api-keys?limit=201&cursor=x")).ProblemAsync(422, "validation");
        Assert.Equal(["/cursor", "/limit"], problem["errors"]!.AsObject().Select(pair => pair.Key));
    }

    [Fact]
    public async Task Another_workspaces_key_is_not_there()
    {
        var (id, _) = await _app.MakeKeyAsync("read");
        await using (var source = Npgsql.NpgsqlDataSource.Create(_app.Database.ConnectionString))
        await using (var move = source.CreateCommand($"""
            with other as (insert into gateway.workspaces (slug, name, created_at) values ('other-{id}', 'Other', now()) returning id)
            update gateway.api_keys set tenant_id = (select id from other) where id = {id}
            """))
        {
            await move.ExecuteNonQueryAsync();
        }

        await (await _app.Demo.GetAsync($"/api-keys/{id}")).ProblemAsync(404, "not-found");
        await (await _app.Demo.DeleteAsync($"/api-keys/{id}")).ProblemAsync(404, "not-found");
    }

    [Fact]
    public async Task Revoking_twice_is_revoking_once()
    {
        var (id, _) = await _app.MakeKeyAsync("read");
        await _app.Demo.DeleteAsync($"/api-keys/{id}");
        var revoked = (string?)(await (await _app.Demo.GetAsync($"/api-keys/{id}")).JsonAsync())["revoked_at"];

        Assert.Equal(HttpStatusCode.NoContent, (await _app.Demo.DeleteAsync($"/api-keys/{id}")).StatusCode);
        Assert.NotNull(revoked);
        Assert.Equal(revoked, (string?)(await (await _app.Demo.GetAsync($"/api-keys/{id}")).JsonAsync())["revoked_at"]);
    }

    [Fact]
    public async Task There_is_a_most_of_keys()
    {
        await using var app = await GatewayApp.StartAsync(new() { ["ApiKeys:MaxPerWorkspace"] = "2" });
        await app.MakeKeyAsync("read");

        await (await app.Demo.PostAsJsonAsync("/api-keys", new { name = "third", scopes = new[] { "read" } })).ProblemAsync(409, "too-many-keys");
    }

    [Fact]
    public async Task Another_demo_key_at_the_next_start_replaces_the_first()
    {
        var database = await TestDatabase.CreateAsync();
        await using var first = await GatewayApp.StartAsync(database: database);
        Assert.Equal(HttpStatusCode.OK, (await first.Demo.GetAsync("/pipelines")).StatusCode);
        await using var second = await GatewayApp.StartAsync(new() { ["Demo:ApiKey"] = "pk_another_demo_key_0123456789" }, database: database);

        await (await second.Demo.GetAsync("/pipelines")).ProblemAsync(401, "unauthenticated");
        Assert.Equal(HttpStatusCode.OK, (await second.Client("pk_another_demo_key_0123456789").GetAsync("/pipelines")).StatusCode);
    }
}
