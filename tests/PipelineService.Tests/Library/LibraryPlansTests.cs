using System.Data;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using PipelineService.Assets;
using PipelineService.Library;
using PipelineService.Storage;
using PipelineService.Tests.Assets;
using PipelineService.Tests.Scale;
using Testing;

namespace PipelineService.Tests.Library;

/// <summary>
/// What the database does for a large library, told by its plans and counted in statements: a plan that reads and sorts everything for a page is slow on any
/// machine once there is enough.
/// </summary>
public sealed class LibraryPlansTests(LargeLibrary fixture) : IClassFixture<LargeLibrary>
{
    private readonly long _tenant = fixture.Tenant;

    [Fact]
    public async Task The_first_page_and_a_later_one_are_read_from_the_end_of_the_key_without_sorting()
    {
        foreach (var query in new[] { new AssetQuery(), new AssetQuery { Type = "image", Source = "generated" }, new AssetQuery { Cursor = "20000000" }, new AssetQuery { Sort = AssetOrder.Oldest } })
        {
            var plan = await PlanAsync(db => query.Apply(db, _tenant));
            Assert.Contains("pk_assets", plan, StringComparison.Ordinal);
            Assert.DoesNotContain("Sort", plan, StringComparison.Ordinal);
            Assert.DoesNotContain("Seq Scan", plan, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(AssetOrder.Rating, "0~20000", "ix_assets_by_rating")]
    [InlineData(AssetOrder.Cost, "0.028~20000", "ix_assets_by_cost")]
    [InlineData(AssetOrder.Name, "image-20000.jpg~20000", "ix_assets_by_name")]
    public async Task Each_order_is_read_off_its_index_from_where_the_page_before_ended(string sort, string cursor, string index)
    {
        var first = await PlanAsync(db => new AssetQuery { Sort = sort }.Apply(db, _tenant));
        var later = await PlanAsync(db => new AssetQuery { Sort = sort, Cursor = cursor }.Apply(db, _tenant));

        Assert.Contains(index, first, StringComparison.Ordinal);
        Assert.DoesNotContain("Sort", first + later, StringComparison.Ordinal);
        // Where the page before ended is where reading begins: not a filter on all that lies before.
        Assert.Matches($@"{index}.*\n\s*Index Cond: .*(ROW\(COALESCE|name >= )", later);
    }

    [Theory]
    [InlineData("starred", "ix_assets_starred")]
    [InlineData("tag", "ix_assets_tags")]
    [InlineData("trash", "ix_assets_trash")]
    public async Task What_few_assets_have_is_found_by_its_index(string what, string index)
    {
        var query = what switch
        {
            "starred" => new AssetQuery { Starred = true },
            "tag" => new AssetQuery { Tag = "rare" },
            _ => new AssetQuery { Trashed = true },
        };

        Assert.Contains(index, await PlanAsync(db => query.Apply(db, _tenant)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_an_index_and_all_counts_are_a_fixed_number_of_statements()
    {
        await fixture.Host.WithDatabaseAsync(async db =>
        {
            var reading = new LibraryReading(db);
            Assert.Equal(2, await StatementCounter.CountAsync(() => reading.PageAsync(new AssetQuery { Limit = 200 }, _tenant, CancellationToken.None)));
            Assert.Equal(1, await StatementCounter.CountAsync(() => reading.IndexAsync(new AssetIndexQuery(), _tenant, CancellationToken.None)));
            Assert.Equal(4, await StatementCounter.CountAsync(() => reading.FacetsAsync(new AssetFilter(), _tenant, CancellationToken.None)));
        });
    }

    [Fact]
    public async Task The_index_gives_all_of_them_in_parts_and_in_order()
    {
        await fixture.Host.WithDatabaseAsync(async db =>
        {
            var reading = new LibraryReading(db);
            var ids = new List<long>();
            string? cursor = null;
            do
            {
                var part = await reading.IndexAsync(new AssetIndexQuery { Limit = 12_000, Cursor = cursor }, _tenant, CancellationToken.None);
                ids.AddRange(part.Id);
                cursor = part.NextCursor;
            }
            while (cursor is not null);

            Assert.Equal(LargeLibrary.Records, ids.Count);
            Assert.Equal(ids.OrderDescending(), ids);
        });
    }

    private Task<string> PlanAsync(Func<PipelineDbContext, IQueryable<Asset>> query) => fixture.Host.WithDatabaseAsync(async db =>
    {
        await db.Database.OpenConnectionAsync();
        await using DbCommand command = query(db).CreateDbCommand();
        command.CommandText = "explain " + command.CommandText;
        var lines = new List<string>();
        await using var reader = await command.ExecuteReaderAsync(CommandBehavior.Default);
        while (await reader.ReadAsync())
        {
            lines.Add(reader.GetString(0));
        }

        return string.Join('\n', lines);
    });
}

/// <summary>A tenant with a library of 30,000.</summary>
public sealed class LargeLibrary : IAsyncLifetime
{
    public const int Records = 30_000;
    private readonly AssetsFixture _assets = new();

    public LibraryHost Host => _assets.Host;

    public long Tenant { get; } = LibraryHost.NewTenant();

    public async Task InitializeAsync()
    {
        await _assets.InitializeAsync();
        await Host.WithDatabaseAsync(async db =>
        {
            await db.Database.ExecuteSqlAsync(
                $"""
                insert into pipeline.assets (tenant_id, type, source, name, content_type, width, height, bytes, sha256, object_key, model, prompt, simulated, cost, starred, tags, rating, created_at)
                select {Tenant}, 'image', 'generated', 'image-' || n || '.jpg', 'image/jpeg', 640, 480, 1000, md5(n::text), 't/' || n, 'kling-image',
                    'a photo of a woman in a red dress, number ' || md5(n::text), true, 0.028, n % 1000 = 0, case when n % 1500 = 0 then array['rare'] else array[]::text[] end, case when n % 700 = 0 then 4 end, now()
                from generate_series(1, {Records}) as n
                """);
            // By the owner: the service may only read and write rows.
            await using var owner = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(TestServers.Postgres) { Database = db.Database.GetDbConnection().Database }.ConnectionString);
            await owner.OpenAsync();
            await using var analyze = new NpgsqlCommand("vacuum analyze pipeline.assets", owner);
            await analyze.ExecuteNonQueryAsync();
        });
    }

    public Task DisposeAsync() => _assets.DisposeAsync();
}
