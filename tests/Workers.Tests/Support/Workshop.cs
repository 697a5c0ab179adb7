using Contracts.Generation;
using Jobs;
using MassTransit;
using Media;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Providers;
using StackExchange.Redis;
using Testing;
using Testing.Studio;
using Xunit;

namespace Workers.Tests.Support;

/// <summary>Real servers for a test class: a database, a virtual host, a media folder and the ledger's end of the queues. Workers come and go.</summary>
public sealed class Workshop : IAsyncLifetime
{
    private static long _nextId = Random.Shared.NextInt64(1, 1L << 40) << 16;
    private static readonly Lazy<Task<byte[]>> Picture = new(() => TestPictures.PhotoAsync(128, 128));
    private readonly TestDatabase _database = TestDatabase.Fresh();
    private readonly string _folder = Directory.CreateTempSubdirectory("workers-test-").FullName;
    private readonly List<WorkerHost> _workers = [];
    private TestVhost? _vhost;
    private ConnectionMultiplexer? _redis;

    public Ledger Ledger { get; private set; } = null!;

    public string Rabbit => _vhost!.Uri;

    public string Postgres => _database.ConnectionString;

    public string MediaRoot => Path.Combine(_folder, "media");

    public Dictionary<string, string?> Settings => new()
    {
        ["ConnectionStrings:postgres"] = Postgres,
        ["ConnectionStrings:rabbitmq"] = Rabbit,
        ["ConnectionStrings:redis"] = TestServers.Redis,
        ["Media:Root"] = MediaRoot,
        ["Worker:PollEvery"] = "00:00:00.050",
        ["Worker:MaxPollEvery"] = "00:00:00.100",
        ["Worker:HeartbeatEvery"] = "00:00:00.050",
        // A busy test machine must not make a living owner look dead.
        ["Worker:AliveFor"] = "00:01:00",
        // What one test's provider does must not hold up another's.
        ["Traffic:BreakerMinimum"] = "10000",
    };

    /// <summary>What the running workers logged from warnings up.</summary>
    public IEnumerable<string> Log => _workers.SelectMany(worker => worker.Log.Lines);

    /// <summary>A number nobody else has.</summary>
    public static long NewId() => Interlocked.Increment(ref _nextId);

    public async Task InitializeAsync()
    {
        _vhost = await TestVhost.CreateAsync();
        Ledger = await Ledger.StartAsync(Rabbit);
        _redis = await ConnectionMultiplexer.ConnectAsync(TestServers.Redis);
    }

    public async Task DisposeAsync()
    {
        await StopWorkersAsync();
        await Ledger.DisposeAsync();
        _redis!.Dispose();
        await _vhost!.DisposeAsync();
        await _database.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    public async Task<WorkerHost> StartAsync(IProvider provider, string lane = Lanes.Image, params (string Name, string? Value)[] settings)
    {
        var all = Settings;
        foreach (var (name, value) in settings)
        {
            all[name] = value;
        }

        var worker = await WorkerHost.StartAsync(lane, provider, all);
        _workers.Add(worker);
        return worker;
    }

    public async Task StopWorkersAsync()
    {
        foreach (var worker in _workers)
        {
            await worker.DisposeAsync();
        }

        _workers.Clear();
    }

    /// <summary>A stored picture of a tenant.</summary>
    public async Task<MediaRef> PictureAsync(long tenantId)
    {
        var bytes = await Picture.Value;
        using var content = new MemoryStream(bytes);
        var stored = await _workers[0].Services.GetRequiredService<IObjectStore>().PutAsync(tenantId, content, "jpg", CancellationToken.None);
        return new MediaRef(stored.Key, stored.Sha256, "image/jpeg", 128, 128, stored.Bytes);
    }

    /// <summary>An image item of a tenant and pipeline of its own.</summary>
    public async Task<ImageTask> TaskAsync(string provider = "scripted", string prompt = "a red dress", long epoch = 0, ItemRef? of = null)
    {
        var item = of is null ? new ItemRef(NewId(), NewId(), 3, NewId(), 1, epoch) : of with { ItemId = NewId() };
        return new ImageTask(
            item, ScriptedProvider.KeyOf(item), provider, new GenerationParameters("kling-image"), prompt, new Dictionary<string, string>(), 7, await PictureAsync(item.TenantId));
    }

    public Task RaiseEpochAsync(ItemRef item, string value) => _redis!.GetDatabase().StringSetAsync(Epochs.Key(item.TenantId, item.PipelineId), value, TimeSpan.FromMinutes(10));

    /// <summary>A job as another process left it.</summary>
    /// <param name="late">It left without a word: it is still listed, and its time has run out.</param>
    public async Task LeaveJobAsync(ImageTask task, bool ownerLives, string? handle = null, bool late = false)
    {
        var owner = "other:" + Guid.NewGuid().ToString("N");
        if (ownerLives || late)
        {
            await ExecuteAsync("insert into worker.owners (owner, alive_until) values ($1, now() + $2)", owner, ownerLives ? TimeSpan.FromHours(1) : TimeSpan.FromSeconds(-1));
        }

        await ExecuteAsync(
            """
            insert into worker.provider_jobs (item_id, attempt, tenant_id, pipeline_id, step_id, lane, provider, request_key, task, state, handle, owner, poll_at, created_at, submitted_at)
            values ($1, $2, $3, $4, $5, 'image', $6, $7, $8, case when $9 = '' then 'submitting' else 'submitted' end, nullif($9, ''), $10, now() + interval '1 hour', now(), now())
            """,
            task.Item.ItemId, task.Item.Attempt, task.Item.TenantId, task.Item.PipelineId, task.Item.StepId, task.Provider, task.RequestKey, WorkItem.From(task).Json,
            handle ?? string.Empty, owner);
    }

    /// <summary>State, owner, handle and provider's id of a job; null when there is none.</summary>
    public async Task<(string State, string Owner, string? Handle, string? RequestId)?> JobAsync(ItemRef item)
    {
        await using var connection = await OpenAsync();
        await using var command = new NpgsqlCommand("select state, owner, handle, provider_request_id from worker.provider_jobs where item_id = $1 and attempt = $2 and tenant_id = $3", connection);
        command.Parameters.Add(new NpgsqlParameter { Value = item.ItemId });
        command.Parameters.Add(new NpgsqlParameter { Value = item.Attempt });
        command.Parameters.Add(new NpgsqlParameter { Value = item.TenantId });
        await using var reader = await command.ExecuteReaderAsync();
        return await reader.ReadAsync()
            ? (reader.GetString(0), reader.GetString(1), reader.IsDBNull(2) ? null : reader.GetString(2), reader.IsDBNull(3) ? null : reader.GetString(3))
            : null;
    }

    public async Task<string?> StateAsync(ItemRef item) => (await JobAsync(item))?.State;

    public Task StateIsAsync(ItemRef item, string state) => Eventually.GetAsync(() => StateAsync(item), found => found == state);

    public async Task<int> ExecuteAsync(string sql, params object[] values)
    {
        await using var connection = await OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        return await command.ExecuteNonQueryAsync();
    }

    public async Task<object?> AskAsync(string sql)
    {
        await using var connection = await OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }

    /// <summary>Messages in a queue, ready or out for delivery; 0 when there is no such queue.</summary>
    public async Task<int> WaitingAsync(string queue)
    {
        var management = new Uri(TestServers.RabbitMqManagement);
        using var http = new HttpClient { BaseAddress = new UriBuilder(management) { UserName = string.Empty, Password = string.Empty, Path = "/" }.Uri };
        http.DefaultRequestHeaders.Authorization = new("Basic", Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(Uri.UnescapeDataString(management.UserInfo))));
        using var answer = await http.GetAsync($"api/queues/{_vhost!.Name}/{queue}");
        return answer.IsSuccessStatusCode
            ? System.Text.Json.Nodes.JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["messages"]?.GetValue<int>() ?? 0
            : 0;
    }

    private async Task<NpgsqlConnection> OpenAsync()
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(Postgres) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        return connection;
    }
}
