using CostService.Keys;
using CostService.Tests.Budgets;
using Xunit;

namespace CostService.Tests.Keys;

/// <summary>Workspaces' keys on a real PostgreSQL: one a workspace and vendor, and a version that tells of every change.</summary>
public sealed class ProviderKeyStoreTests(LedgerFixture fixture) : IClassFixture<LedgerFixture>
{
    private readonly ProviderKeyStore _store = new(fixture.Source, TimeProvider.System);

    [Fact]
    public async Task A_change_is_told_and_no_change_is_not()
    {
        var nothing = await _store.ReadAsync("", CancellationToken.None);
        Assert.Empty(nothing!.Keys);
        Assert.Null(await _store.ReadAsync(nothing.Version, CancellationToken.None));

        await _store.PutAsync(7, "fal", "sealed-1", "cret", CancellationToken.None);
        await _store.PutAsync(8, "fal", "sealed-2", "abcd", CancellationToken.None);
        var two = await _store.ReadAsync(nothing.Version, CancellationToken.None);
        Assert.Equal([(7L, "sealed-1", "cret"), (8L, "sealed-2", "abcd")], two!.Keys.Select(key => (key.TenantId, key.Text, key.Hint)));
        Assert.Null(await _store.ReadAsync(two.Version, CancellationToken.None));

        await _store.PutAsync(7, "fal", "sealed-3", "new1", CancellationToken.None);
        var replaced = await _store.ReadAsync(two.Version, CancellationToken.None);
        Assert.Equal("sealed-3", replaced!.Keys.Single(key => key.TenantId == 7).Text);

        await _store.RemoveAsync(8, "fal", CancellationToken.None);
        await _store.RemoveAsync(8, "replicate", CancellationToken.None);
        var one = await _store.ReadAsync(replaced.Version, CancellationToken.None);
        Assert.Equal(7, Assert.Single(one!.Keys).TenantId);

        await _store.RemoveAsync(7, "fal", CancellationToken.None);
        Assert.Equal(nothing.Version, (await _store.ReadAsync(one.Version, CancellationToken.None))!.Version);
    }
}
