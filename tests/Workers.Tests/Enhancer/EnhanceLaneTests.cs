using Contracts.Generation;
using Providers;
using StackExchange.Redis;
using Testing;
using Workers.Tests.Support;
using Xunit;

namespace Workers.Tests.Enhancer;

/// <summary>Prompt items of runs, by the queue.</summary>
public sealed class EnhanceLaneTests : IAsyncLifetime
{
    private TestVhost _vhost = null!;
    private Ledger _ledger = null!;
    private EnhancerHost _host = null!;

    public async Task InitializeAsync()
    {
        _vhost = await TestVhost.CreateAsync();
        _ledger = await Ledger.StartAsync(_vhost.Uri);
        _host = await EnhancerHost.StartAsync(_vhost.Uri);
    }

    public async Task DisposeAsync()
    {
        await _host.DisposeAsync();
        await _ledger.DisposeAsync();
        await _vhost.DisposeAsync();
    }

    [Fact]
    public async Task A_prompt_item_yields_its_prompts()
    {
        var task = Asked("a red dress", 4);
        await SendAsync(task);

        var result = await _ledger.ResultAsync(task.Item);
        Assert.Null(result.Failure);
        Assert.Equal(["a red dress 1", "a red dress 2", "a red dress 3", "a red dress 4"], result.Outputs.Select(output => output.Text));
        Assert.Equal(("scripted", "vendor-3", 0.002m, false), (result.Provider, result.ProviderRequestId, result.ReportedCost, result.Cached));
        Assert.All(result.Outputs, output => Assert.Equal((7L, null), (output.Seed, output.Media)));
    }

    [Fact]
    public async Task A_run_does_not_pay_twice_for_the_same_question_unless_it_is_tried_again()
    {
        _host.Provider.Simulated = false;
        var first = Asked("a red dress", 2);
        var again = Asked("a red dress", 2);
        again = again with { Item = again.Item with { TenantId = first.Item.TenantId } };
        await SendAsync(first);
        var made = await _ledger.ResultAsync(first.Item);

        await SendAsync(again);
        var known = await _ledger.ResultAsync(again.Item);
        Assert.Equal((true, 0m), (known.Cached, known.ReportedCost));
        Assert.Equal(made.Outputs.Select(output => output.Text), known.Outputs.Select(output => output.Text));

        var retaken = again with { Item = again.Item with { Attempt = 2 } };
        await SendAsync(retaken);
        Assert.False((await _ledger.ResultAsync(retaken.Item)).Cached);
        Assert.Equal(2, _host.Provider.Submits.Count);
    }

    [Fact]
    public async Task Prompts_of_the_demo_writer_stay_marked()
    {
        _host.Provider.OnSubmit = (_, _) => Task.FromResult<ProviderResult>(new ProviderResult.Finished(
            [new Produced("A red dress by the sea", null, null, null, 7), new Produced("a red dress, at night", null, null, null, 7) { By = "local" }]));
        var task = Asked("a red dress", 2);
        await SendAsync(task);

        Assert.Equal([null, "local"], (await _ledger.ResultAsync(task.Item)).Outputs.Select(output => output.By));
    }

    [Fact]
    public async Task The_demo_writer_s_prompts_are_fresh_each_time()
    {
        var (first, second) = (Asked("a red dress", 2), Asked("a red dress", 2));
        second = second with { Item = second.Item with { TenantId = first.Item.TenantId } };
        await SendAsync(first);
        await _ledger.ResultAsync(first.Item);
        await SendAsync(second);

        Assert.False((await _ledger.ResultAsync(second.Item)).Cached);
        Assert.Equal(2, _host.Provider.Submits.Count);
    }

    [Fact]
    public async Task Bad_items_hurt_no_other()
    {
        var works = _host.Provider.OnSubmit;
        _host.Provider.OnSubmit = (request, token) => ((PromptsRequest)request).Prompt == "bad" ? throw new InvalidOperationException("broken") : works(request, token);
        var tasks = Enumerable.Range(0, 64).Select(_ => Asked("good", 1)).ToList();
        tasks[10] = tasks[10] with { Prompt = "bad" };
        tasks[20] = tasks[20] with { Provider = "nobody" };
        tasks[30] = tasks[30] with { Image = new MediaRef("../../etc/passwd", "", "image/png", 1, 1, 1) };
        tasks[40] = tasks[40] with { Image = new MediaRef($"t/{tasks[40].Item.TenantId}/ab/abcd.png", "", "image/png", 1, 1, 1) };
        await SendAsync([.. tasks]);

        foreach (var (number, task) in tasks.Index())
        {
            FailureKind? expected = number switch { 10 or 30 => FailureKind.Internal, 20 => FailureKind.InvalidRequest, 40 => FailureKind.SourceMissing, _ => null };
            Assert.Equal(expected, (await _ledger.ResultAsync(task.Item)).Failure?.Kind);
        }

        Assert.InRange(_host.Provider.MostRunning, 1, new Jobs.WorkerOptions().Concurrency);
    }

    [Fact]
    public async Task An_item_of_an_old_epoch_is_not_made()
    {
        var task = Asked("a red dress", 2);
        using var redis = await ConnectionMultiplexer.ConnectAsync(TestServers.Redis);
        await redis.GetDatabase().StringSetAsync(Epochs.Key(task.Item.TenantId, task.Item.PipelineId), "1", TimeSpan.FromMinutes(10));

        await SendAsync(task);

        Assert.Equal(FailureKind.Cancelled, (await _ledger.ResultAsync(task.Item)).Failure?.Kind);
        Assert.Empty(_host.Provider.Submits);
    }

    [Fact]
    public async Task An_answer_without_prompts_is_a_bad_response()
    {
        _host.Provider.OnSubmit = (_, _) => Task.FromResult<ProviderResult>(new ProviderResult.Finished([new Produced(" ", null, null, null, null)]));
        var task = Asked("a red dress", 1);
        await SendAsync(task);
        Assert.Equal(FailureKind.BadResponse, (await _ledger.ResultAsync(task.Item)).Failure?.Kind);
    }

    [Fact]
    public async Task The_enhancer_says_what_it_has_in_hand()
    {
        _host.Provider.OnSubmit = (_, token) => ScriptedProvider.NeverAsync(token);
        var task = Asked("a red dress", 1);
        await SendAsync(task);

        var beats = await Eventually.GetAsync(
            () => Task.FromResult(_ledger.Heartbeats.Where(beat => beat.Running.Any(running => running.ItemId == task.Item.ItemId)).ToList()),
            beats => beats.Count >= 2);
        Assert.All(beats, beat => Assert.Equal(Lanes.Enhance, beat.Lane));
    }

    private static EnhanceTask Asked(string prompt, int count)
    {
        var item = new ItemRef(Workshop.NewId(), Workshop.NewId(), 2, Workshop.NewId(), 1, 0);
        return new EnhanceTask(item, ScriptedProvider.KeyOf(item), "scripted", prompt, count, "i2i", null, null, [], null, 7, null);
    }

    private Task SendAsync(params EnhanceTask[] tasks) => _ledger.SendAsync(Lanes.Enhance, new EnhancePrompts(tasks));
}
