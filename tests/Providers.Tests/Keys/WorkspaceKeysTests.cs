using Contracts.Generation;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Providers.Keys;
using Providers.Selection;
using Providers.Tests.Fal;
using Testing;
using Providers.Traffic;
using ServiceDefaults.Grpc;

namespace Providers.Tests.Keys;

/// <summary>Whose key pays for what, and which provider a workspace has because of it.</summary>
[Collection(SandboxTests.Name)]
public sealed class WorkspaceKeysTests(RunningSandbox sandbox) : IDisposable
{
    private const string Anthropic = "sandbox-anthropic-key";
    private readonly string _ring = Directory.CreateTempSubdirectory("ring-").FullName;
    private readonly Shelf _shelf = new();

    public void Dispose() => Directory.Delete(_ring, recursive: true);

    [Fact]
    public async Task A_key_of_its_own_is_used_in_place_of_the_installation_s_and_for_that_workspace_alone()
    {
        _shelf.Put(Sealed(7, "fal", RunningSandbox.Key), Sealed(7, "replicate", RunningSandbox.Token), Sealed(7, "openai", RunningSandbox.OpenAiKey));
        using var rig = Rig(("Fal:Key", "wrong:key"), ("Replicate:Token", "wrong"), ("OpenAI:ApiKey", "wrong"));
        var source = await Tools.PictureAsync(rig.PathOf("source.png"));
        foreach (var (vendor, model) in new[] { ("fal", "nano-banana"), ("replicate", "nano-banana"), ("openai", "gpt-image-2") })
        {
            var provider = rig.Get<ProviderRegistry>().Find(vendor)!;
            Assert.True(await provider.SubmitAsync(Request(7, model, source), CancellationToken.None) is ProviderResult.Submitted or ProviderResult.Finished, vendor);
            Assert.Equal(FailureKind.Unauthorized, Assert.IsType<ProviderResult.Failed>(await provider.SubmitAsync(Request(8, model, source), CancellationToken.None)).Failure.Kind);
        }
    }

    [Fact]
    public async Task Jobs_are_looked_after_and_cancelled_with_the_key_they_were_asked_for_with()
    {
        _shelf.Put(Sealed(7, "fal", RunningSandbox.Key), Sealed(7, "replicate", RunningSandbox.Token));
        using var rig = Rig(("Fal:Key", "wrong:key"), ("Replicate:Token", "wrong"));
        var source = await Tools.PictureAsync(rig.PathOf("source.png"));
        foreach (var vendor in new[] { "fal", "replicate" })
        {
            var (provider, request) = (rig.Get<ProviderRegistry>().Find(vendor)!, Request(7, "nano-banana", source));
            var submitted = Assert.IsType<ProviderResult.Submitted>(await provider.SubmitAsync(request, CancellationToken.None));
            await Eventually.GetAsync(() => provider.PollAsync(submitted.Handle, request, CancellationToken.None), result => result is ProviderResult.Finished);
            await provider.CancelAsync(submitted.Handle, 7, CancellationToken.None);
        }
    }

    [Fact]
    public async Task Prompts_are_paid_with_it_too()
    {
        _shelf.Put(Sealed(7, "anthropic", Anthropic), Sealed(7, "openai", RunningSandbox.OpenAiKey));
        using var rig = Rig(("OpenAI:ApiKey", ""), ("Anthropic:BaseUrl", sandbox.Address.AbsoluteUri));
        foreach (var vendor in new[] { "anthropic", "openai" })
        {
            var provider = rig.Get<ProviderRegistry>().Find(vendor)!;
            Assert.IsType<ProviderResult.Finished>(await provider.SubmitAsync(new PromptsRequest(7, "k", 1, "red dress", 2, "i2i", null, null, [], null, null), CancellationToken.None));
            var refused = Assert.IsType<ProviderResult.Failed>(await provider.SubmitAsync(new PromptsRequest(8, "k", 1, "red dress", 2, "i2i", null, null, [], null, null), CancellationToken.None));
            Assert.Equal(FailureKind.Unauthorized, refused.Failure.Kind);
            Assert.Contains("Settings", refused.Failure.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("fal", RunningSandbox.Key)]
    [InlineData("replicate", RunningSandbox.Token)]
    [InlineData("openai", RunningSandbox.OpenAiKey)]
    [InlineData("anthropic", Anthropic)]
    public async Task A_check_says_whether_the_vendor_takes_it_and_buys_nothing(string vendor, string key)
    {
        _shelf.Put(Sealed(7, vendor, key), Sealed(8, vendor, "a:wrong-one"));
        using var rig = Rig(("Fal:Key", ""), ("Replicate:Token", ""), ("OpenAI:ApiKey", ""), ("Anthropic:BaseUrl", sandbox.Address.AbsoluteUri));
        var check = rig.Get<IEnumerable<IKeyCheck>>().Single(check => check.Provider == vendor);
        var before = (await sandbox.BillAsync())["providers"]!.ToJsonString();

        Assert.Equal(KeyState.Works, (await check.CheckAsync(7, CancellationToken.None)).State);
        var refused = await check.CheckAsync(8, CancellationToken.None);
        Assert.Equal(KeyState.Refused, refused.State);
        Assert.DoesNotContain("wrong-one", refused.Message, StringComparison.Ordinal);
        Assert.Equal(KeyState.Missing, (await check.CheckAsync(9, CancellationToken.None)).State);
        Assert.Equal(before, (await sandbox.BillAsync())["providers"]!.ToJsonString());

        const string Nobody = "http://127.0.0.1:9";
        using var away = Rig(("Fal:QueueBaseUrl", Nobody), ("Fal:RestBaseUrl", Nobody), ("Replicate:BaseUrl", Nobody), ("OpenAI:BaseUrl", Nobody), ("Anthropic:BaseUrl", Nobody));
        Assert.Equal(KeyState.Unreachable, (await away.Get<IEnumerable<IKeyCheck>>().Single(check => check.Provider == vendor).CheckAsync(7, CancellationToken.None)).State);
    }

    [Fact]
    public async Task One_that_cannot_be_read_is_never_replaced_by_somebody_else_s()
    {
        _shelf.Put(new SealedKey(7, "fal", "nonsense", "cret", default));
        using var rig = Rig();
        var source = await Tools.PictureAsync(rig.PathOf("source.png"));
        var failed = Assert.IsType<ProviderResult.Failed>(await rig.Get<ProviderRegistry>().Find("fal")!.SubmitAsync(Request(7, "nano-banana", source), CancellationToken.None));
        Assert.Equal(FailureKind.Unauthorized, failed.Failure.Kind);
        Assert.Contains("Enter it again", failed.Failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Until_it_is_known_whose_key_it_would_be_nothing_is_asked_for()
    {
        _shelf.Away = true;
        using var rig = Rig();
        var source = await Tools.PictureAsync(rig.PathOf("source.png"));
        var fal = rig.Get<ProviderRegistry>().Find("fal")!;
        Assert.Equal(FailureKind.Internal, Assert.IsType<ProviderResult.Failed>(await fal.SubmitAsync(Request(7, "nano-banana", source), CancellationToken.None)).Failure.Kind);

        _shelf.Away = false;
        Assert.IsType<ProviderResult.Submitted>(await fal.SubmitAsync(Request(7, "nano-banana", source), CancellationToken.None));

        // What is known stays good.
        _shelf.Away = true;
        Assert.IsType<ProviderResult.Submitted>(await fal.SubmitAsync(Request(7, "nano-banana", source), CancellationToken.None));
    }

    [Fact]
    public async Task Its_calls_have_limits_of_their_own()
    {
        _shelf.Put(Sealed(7, "fal", RunningSandbox.Key));
        var keys = Keys();
        Assert.Equal("fal/kling", keys.Route(7, "fal", "kling").Name);
        await keys.RefreshAsync(CancellationToken.None);

        var own = keys.Route(7, "Fal", "kling");
        Assert.Equal(("t7:fal/kling", 7L), (own.Name, own.TenantId));
        Assert.Equal(own, RouteKey.Parse(own.Name));
        Assert.Equal(("fal/kling", (long?)null), (keys.Route(8, "fal", "kling").Name, keys.Route(8, "fal", "kling").TenantId));
        Assert.Equal(keys.Route(8, "fal", "kling"), RouteKey.Parse("fal/kling"));
        Assert.Equal("openai/", keys.Route(7, "openai", null).Name);
    }

    [Fact]
    public async Task A_change_is_seen_and_what_has_not_changed_is_not_read_again()
    {
        var keys = Keys();
        await keys.RefreshAsync(CancellationToken.None);
        Assert.Empty(keys.Of(7));
        _shelf.Put(Sealed(7, "openai", "sk-first"));
        await keys.RefreshAsync(CancellationToken.None);
        Assert.Equal(["openai"], keys.Of(7));
        var read = _shelf.Read;
        await keys.RefreshAsync(CancellationToken.None);
        Assert.Equal(read, _shelf.Read);
        _shelf.Put();
        await keys.RefreshAsync(CancellationToken.None);
        Assert.Empty(keys.Of(7));
    }

    [Fact]
    public void Whoever_brings_a_key_is_served_by_that_provider_where_it_can()
    {
        var selection = new ProviderSelection(Options.Create(new ProvidersOptions { Order = ["fal"] }), Providers.Catalog.ModelCatalog.Embedded);
        Assert.Equal("fal", selection.ServedBy("nano-banana"));
        Assert.Equal("replicate", selection.ServedBy("nano-banana", ["replicate"]));
        Assert.Equal(["fal"], selection.Others("nano-banana", ["replicate"]));
        Assert.Equal("fal", selection.ServedBy("nano-banana", ["openai"]));
        Assert.Equal("openai", selection.ServedBy("gpt-image-2", ["openai", "anthropic"]));
        Assert.Equal(("local", "anthropic", "openai"), (selection.ServedBy(null), selection.ServedBy(null, ["openai", "anthropic"]), selection.ServedBy(null, ["openai"])));
    }

    private SealedKey Sealed(long tenant, string provider, string key) => new(tenant, provider, Seal().Seal(tenant, provider, key), key[^4..], default);

    private KeySeal Seal() => new(Options.Create(new KeysOptions { Ring = _ring }), TimeProvider.System);

    private WorkspaceKeys Keys() => new(_shelf, Seal(), Options.Create(new KeysOptions()), TimeProvider.System, NullLogger<WorkspaceKeys>.Instance);

    private Rig Rig(params (string Key, string? Value)[] settings) => sandbox.Rig(services => services.AddSingleton<IKeyShelf>(_shelf), [.. settings, ("Keys:Ring", _ring)]);

    private static ImageRequest Request(long tenant, string model, string source) => new(
        tenant, $"{tenant}-{Guid.NewGuid():N}", 1, new GenerationParameters(model, "1:1", Size: model.StartsWith("gpt", StringComparison.Ordinal) ? "1024x1024" : null, Quality: model.StartsWith("gpt", StringComparison.Ordinal) ? "low" : null),
        "portrait", Ask.NoVariation, source, "image/png");

    private sealed class Shelf : IKeyShelf
    {
        private IReadOnlyList<SealedKey> _keys = [];
        private int _version = 1;

        public bool Away { get; set; }

        public int Read { get; private set; }

        public void Put(params SealedKey[] keys) => (_keys, _version) = (keys, _version + 1);

        public Task<ShelfView?> ReadAsync(string known, CancellationToken cancellationToken)
        {
            if (Away)
            {
                throw new GrpcException(StatusCode.Unavailable, "The shelf is away.");
            }

            var version = $"{_version}";
            Read += version == known ? 0 : 1;
            return Task.FromResult(version == known ? null : new ShelfView(version, _keys));
        }
    }
}
