using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Npgsql;
using PipelineService.Progress;
using ServiceDefaults.Identity;
using StackExchange.Redis;
using Testing;
using Testing.Studio;

namespace Benchmarks.Live;

/// <summary>
/// 5,000 WebSockets over 100 runs at one PipelineService, straight and through the gateway: events delivered a second, how old they are when they
/// arrive, what it costs, and that readers who take nothing neither delay others nor lose anything.
/// </summary>
internal static class LiveFeeds
{
    private const int Sockets = 5000;
    private const int Runs = 100;
    private const int Slow = 20;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(12);
    private static readonly object Body = new
    {
        inputs = new { prompts = new[] { "a prompt" } },
        steps = new object[] { new { step_type = "prompt_enhance", config = new { variations_per_prompt = 1 } } },
    };

    public static Task StraightAsync(Report report) => MeasureAsync(report, "straight", throughGateway: false);

    public static Task GatewayAsync(Report report) => MeasureAsync(report, "gateway", throughGateway: true);

    private static async Task MeasureAsync(Report report, string way, bool throughGateway)
    {
        await using var database = TestDatabase.Fresh();
        var redisAddress = await TestServers.EmptyRedisAsync();
        var key = new string('k', 48);
        await using var studio = new RunningStudio(new Dictionary<string, string>
        {
            ["ConnectionStrings__postgres"] = database.ConnectionString,
            ["ConnectionStrings__redis"] = redisAddress,
            ["Internal__SigningKey"] = key,
            ["Providers__Default"] = "no-op",
            ["RateLimits__Streams"] = "10000",
            ["Progress__SendTimeout"] = "00:00:05",
        });
        await studio.StartAsync();
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);
        using var redis = await ConnectionMultiplexer.ConnectAsync(redisAddress);
        var load = new LiveLoad(source, redis);
        var token = new InternalToken(key, TimeProvider.System);
        var address = throughGateway ? studio.Address : studio.Service(RunningStudio.PipelineService).Address;
        string CredentialOf(long tenant) => throughGateway ? studio.ApiKey : token.Issue(new Caller(tenant, null, 1, ["read", "run"]));
        var runs = await RunsAsync(address, source, CredentialOf);
        Task<LiveSocket> ConnectAsync(LiveRun run, string query = "", int? buffer = null) =>
            LiveSocket.ConnectAsync(address, $"/pipelines/{run.PipelineId}/events{query}", CredentialOf(run.TenantId), buffer);

        int[] service = [studio.Service(RunningStudio.PipelineService).Id];
        int[] gateway = [studio.Service(RunningStudio.Gateway).Id];
        var (serviceBefore, gatewayBefore) = (ProcessTrees.ResidentMegabytes(service), ProcessTrees.ResidentMegabytes(gateway));
        var times = new LiveTimes();
        var readers = new List<LiveReader>();
        var sockets = new List<LiveSocket>();
        var connecting = Stopwatch.GetTimestamp();
        await Parallel.ForEachAsync(Enumerable.Range(0, Sockets), new ParallelOptions { MaxDegreeOfParallelism = 32 }, async (n, stop) =>
        {
            var reader = new LiveReader(runs[n % Runs], times);
            var socket = await ConnectAsync(reader.Run);
            lock (sockets)
            {
                sockets.Add(socket);
                readers.Add(reader);
            }

            _ = socket.ReadAsync(reader.OnFrame);
        });
        report.Tell($"{way}: {Sockets} sockets open", [Stopwatch.GetElapsedTime(connecting).TotalSeconds], "s");
        await Task.Delay(TimeSpan.FromSeconds(2), TimeProvider.System);
        report.Tell($"{way}: memory of PipelineService with them idle", [ProcessTrees.ResidentMegabytes(service)], "MB");
        report.Tell($"{way}: its memory an idle socket", [(ProcessTrees.ResidentMegabytes(service) - serviceBefore) * 1024 / Sockets], "KB");
        if (throughGateway)
        {
            report.Tell($"{way}: memory of the gateway an idle socket", [(ProcessTrees.ResidentMegabytes(gateway) - gatewayBefore) * 1024 / Sockets], "KB");
        }

        await load.WriteAsync(runs[..Runs], 104, WarmUp, LiveLoad.Results);
        var (delivered, p95) = await WindowAsync("5 events a commit", 104, LiveLoad.Results);
        report.AtLeast($"{way}: delivered, 5 events a commit", [delivered], 25_000, "events/s");
        report.AtMost($"{way}: p95 from commit to client", [p95], 100, "ms");
        await WindowAsync("1 event a commit", throughGateway ? 200 : 300, LiveLoad.OneOutput);

        // 20 clients of a run that floods them, first reading, then taking nothing
        var flood = runs[Runs];
        var takers = await FollowersAsync(Slow, () => ConnectAsync(flood), new LiveTimes());
        (_, var besideFast) = await WithFloodAsync("beside a flood");
        takers.ForEach(taker => taker.Dispose());
        var stuck = new List<LiveSocket>();
        for (var n = 0; n < Slow; n++)
        {
            stuck.Add(await ConnectAsync(flood, buffer: 4096));
        }

        (_, var besideSlow) = await WithFloodAsync("beside a flood that nobody takes");
        report.AtMost($"{way}: p95 beside {Slow} clients that take nothing, of that when they read", [besideSlow / besideFast], 1.5, "×");
        await ComeBackAsync();

        await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System);
        report.AtMost($"{way}: readers that missed an output or saw ids go back", [readers.Count(reader => reader.Outputs != reader.Run.Outputs || !reader.Ascends)], 0, "readers");
        report.Tell($"{way}: memory of PipelineService at the end", [ProcessTrees.ResidentMegabytes(service)], "MB");
        sockets.ForEach(socket => socket.Dispose());
        stuck.ForEach(socket => socket.Dispose());

        async Task<(double Delivered, double P95)> WindowAsync(string what, double rate, Func<LiveRun, IReadOnlyList<NewEvent>> events)
        {
            var (cpu, gatewayCpu, ownCpu) = (ProcessTrees.CpuSeconds(service), ProcessTrees.CpuSeconds(gateway), Environment.CpuUsage.TotalTime.TotalSeconds);
            times.Clear();
            load.Commits.Clear();
            var start = Stopwatch.GetTimestamp();
            var written = await load.WriteAsync(runs[..Runs], rate, Window, events);
            await Eventually.HoldsAsync(() => Task.FromResult(times.Events >= written * (long)(Sockets / Runs)), TimeSpan.FromSeconds(20));
            var took = Stopwatch.GetElapsedTime(start).TotalSeconds;
            report.Tell($"{way}: {what}: delivered", [times.Events / took], "events/s");
            report.Tell($"{way}: {what}: p50, p95, p99", [times.Percentile(0.5), times.Percentile(0.95), times.Percentile(0.99)], "ms");
            report.Tell($"{way}: {what}: of it the commits, p50, p95, p99", [load.Commits.Percentile(0.5), load.Commits.Percentile(0.95), load.Commits.Percentile(0.99)], "ms");
            report.Tell($"{way}: {what}: CPU of PipelineService", [(ProcessTrees.CpuSeconds(service) - cpu) / took], "cores");
            if (throughGateway)
            {
                report.Tell($"{way}: {what}: CPU of the gateway", [(ProcessTrees.CpuSeconds(gateway) - gatewayCpu) / took], "cores");
            }

            report.Tell($"{way}: {what}: CPU of the clients and the writer", [(Environment.CpuUsage.TotalTime.TotalSeconds - ownCpu) / took], "cores");
            report.Row(new
            {
                Name = $"{way}: {what}",
                EventsPerSecond = times.Events / took,
                P50Ms = times.Percentile(0.5),
                P95Ms = times.Percentile(0.95),
                P99Ms = times.Percentile(0.99),
                CommitP95Ms = load.Commits.Percentile(0.95),
                MemoryMb = ProcessTrees.ResidentMegabytes(service),
            });
            return (times.Events / took, times.Percentile(0.95));
        }

        async Task<(double Delivered, double P95)> WithFloodAsync(string what)
        {
            var flooding = load.WriteAsync([flood], 40, Window, LiveLoad.Floods);
            var result = await WindowAsync(what, 52, LiveLoad.Results);
            await flooding;
            return result;
        }

        async Task ComeBackAsync()
        {
            var heard = stuck.Select(_ => new LiveReader(flood, new LiveTimes())).ToList();
            await Task.WhenAll(stuck.Zip(heard, (socket, reader) => socket.ReadAsync(reader.OnFrame)));
            report.Tell($"{way}: slow clients sent away with a word", [stuck.Count(socket => socket.CloseCode == 4013)], "clients");
            report.Tell($"{way}: slow clients cut off", [stuck.Count(socket => socket.CloseCode is null)], "clients");
            var (last, mine) = (await NewestAsync(source, flood), heard.Max(reader => reader.LastId));
            using var again = await ConnectAsync(flood, $"?after={mine}");
            var rest = new LiveReader(flood, new LiveTimes());
            _ = again.ReadAsync(rest.OnFrame);
            await Eventually.HoldsAsync(() => Task.FromResult(rest.LastId == last));
            report.AtMost($"{way}: events lost by one that came back", [last - mine - rest.Events], 0, "events");
        }
    }

    private static async Task<List<LiveSocket>> FollowersAsync(int count, Func<Task<LiveSocket>> connect, LiveTimes times)
    {
        var sockets = new List<LiveSocket>();
        for (var n = 0; n < count; n++)
        {
            sockets.Add(await connect());
            _ = sockets[^1].ReadAsync(_ => { });
        }

        return sockets;
    }

    /// <summary>Pipelines of ten tenants, where whoever asks may be any of them; one more than are followed by many.</summary>
    private static async Task<List<LiveRun>> RunsAsync(Uri address, NpgsqlDataSource source, Func<long, string> credentialOf)
    {
        using var http = new HttpClient { BaseAddress = address };
        var runs = new List<LiveRun>();
        for (var n = 0; n <= Runs; n++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/pipelines") { Content = JsonContent.Create(Body) };
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", credentialOf(1 + (n % 10)));
            using var answer = await http.SendAsync(request);
            answer.EnsureSuccessStatusCode();
            var id = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetInt64();
            await using var tenant = source.CreateCommand($"select tenant_id from pipeline.pipelines where id = {id}");
            runs.Add(new LiveRun((long)(await tenant.ExecuteScalarAsync())!, id));
        }

        return runs;
    }

    private static async Task<long> NewestAsync(NpgsqlDataSource source, LiveRun run)
    {
        await using var newest = source.CreateCommand($"select last_event from pipeline.pipelines where id = {run.PipelineId}");
        return (long)(await newest.ExecuteScalarAsync())!;
    }
}
