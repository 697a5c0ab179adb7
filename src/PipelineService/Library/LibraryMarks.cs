using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using PipelineService.Assets;
using PipelineService.Storage;
using ServiceDefaults.Problems;

namespace PipelineService.Library;

/// <summary>Puts marks on many assets at once: star, rating, tags, collections.</summary>
internal sealed class LibraryMarks(PipelineDbContext db, IOptions<AssetsOptions> options)
{
    /// <returns>Every fault by JSON pointer; null: done.</returns>
    public async Task<Dictionary<string, string[]>?> PutAsync(long tenantId, MarksRequest marks, CancellationToken cancellationToken)
    {
        var ids = marks.Ids!.Distinct().ToArray();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (marks.Rating is not null)
        {
            // Outputs first, as whoever rates those takes them: the other way round two people could wait for each other.
            await db.Database.ExecuteSqlAsync(
                $"""
                select 1 from pipeline.outputs o where o.tenant_id = {tenantId}
                    and o.id in (select a.output_id from pipeline.assets a where a.tenant_id = {tenantId} and a.id = any({ids})) order by o.id for update
                """, cancellationToken);
        }

        await AssetUses.LockAsync(db, tenantId, ids, cancellationToken);
        if (await FaultsAsync(tenantId, ids, marks, cancellationToken) is { } faults)
        {
            return faults;
        }

        await MarkAsync(tenantId, ids, marks, cancellationToken);
        await CollectAsync(tenantId, ids, marks, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return null;
    }

    /// <summary>One statement for the assets. A rating is also the output's, which tells whoever reviews it.</summary>
    private async Task MarkAsync(long tenantId, long[] ids, MarksRequest marks, CancellationToken cancellationToken)
    {
        var (add, remove) = (Tags(marks.AddTags), Tags(marks.RemoveTags));
        var rating = marks.Rating is 0 ? null : marks.Rating;
        if (marks.Star is null && marks.Rating is null && add.Length + remove.Length == 0)
        {
            return;
        }

        await db.Database.ExecuteSqlAsync(
            $"""
            update pipeline.assets set
                starred = coalesce({marks.Star}, starred),
                rating = case when {marks.Rating is not null} then {rating} else rating end,
                tags = case when {add.Length + remove.Length > 0}
                    then array(select distinct tag from unnest(tags || {add}) as tag where tag <> all({remove}) order by tag)
                    else tags end
            where tenant_id = {tenantId} and id = any({ids})
            """, cancellationToken);
        if (marks.Rating is not null)
        {
            await db.Database.ExecuteSqlAsync(
                $"""
                update pipeline.outputs o set rating = {rating} from pipeline.assets a
                where a.tenant_id = {tenantId} and a.id = any({ids}) and o.tenant_id = a.tenant_id and o.id = a.output_id
                """, cancellationToken);
        }
    }

    private async Task CollectAsync(long tenantId, long[] ids, MarksRequest marks, CancellationToken cancellationToken)
    {
        if (marks.AddTo is { Count: > 0 } to)
        {
            await db.Database.ExecuteSqlAsync(
                $"""
                insert into pipeline.collection_assets (collection_id, tenant_id, asset_id)
                select c, {tenantId}, a from unnest({to.Distinct().ToArray()}) as c cross join unnest({ids}) as a
                on conflict do nothing
                """, cancellationToken);
        }

        if (marks.RemoveFrom is { Count: > 0 } from)
        {
            await db.Database.ExecuteSqlAsync(
                $"delete from pipeline.collection_assets where tenant_id = {tenantId} and collection_id = any({from.ToArray()}) and asset_id = any({ids})", cancellationToken);
        }
    }

    private async Task<Dictionary<string, string[]>?> FaultsAsync(long tenantId, long[] ids, MarksRequest marks, CancellationToken cancellationToken)
    {
        var errors = new ProblemErrors();
        if (marks.Rating is < 0 or > 5)
        {
            errors.Add("/rating", "Use a number from 1 to 5, or 0 to take the rating away.");
        }

        CheckTags("/add_tags", marks.AddTags, errors);
        CheckTags("/remove_tags", marks.RemoveTags, errors);
        await CheckCollectionsAsync(tenantId, "/add_to", marks.AddTo, errors, cancellationToken);
        await CheckCollectionsAsync(tenantId, "/remove_from", marks.RemoveFrom, errors, cancellationToken);
        if (!errors.Any && Tags(marks.AddTags) is { Length: > 0 } add)
        {
            var remove = Tags(marks.RemoveTags);
            var most = await db.Database.SqlQuery<int>(
                $"""
                select coalesce(max((select count(distinct tag) from unnest(tags || {add}) as tag where tag <> all({remove}))), 0)::int as "Value"
                from pipeline.assets where tenant_id = {tenantId} and id = any({ids})
                """).SingleAsync(cancellationToken);
            if (most > options.Value.MaxTags)
            {
                errors.Add("/add_tags", $"An asset takes at most {options.Value.MaxTags} tags; with these, one would have {most}.");
            }
        }

        return errors.Any ? errors.ToDictionary() : null;
    }

    private void CheckTags(string pointer, IReadOnlyList<string>? tags, ProblemErrors errors)
    {
        for (var index = 0; index < tags?.Count; index++)
        {
            if (tags[index]?.Trim() is not { Length: > 0 } tag || tag.Length > options.Value.MaxTagChars || tag.Any(char.IsControl))
            {
                errors.Add($"{pointer}/{index}", $"A tag has 1 to {options.Value.MaxTagChars} printable characters.");
            }
        }
    }

    // Locked against being deleted meanwhile, which would leave entries of nothing.
    private async Task CheckCollectionsAsync(long tenantId, string pointer, IReadOnlyList<long>? asked, ProblemErrors errors, CancellationToken cancellationToken)
    {
        if (asked is not { Count: > 0 })
        {
            return;
        }

        var known = await db.Database.SqlQuery<long>(
            $"""select id as "Value" from pipeline.collections where tenant_id = {tenantId} and id = any({asked.ToArray()}) order by id for key share""").ToListAsync(cancellationToken);
        for (var index = 0; index < asked.Count; index++)
        {
            if (!known.Contains(asked[index]))
            {
                errors.Add($"{pointer}/{index}", $"There is no collection {asked[index]}.");
            }
        }
    }

    private static string[] Tags(IReadOnlyList<string>? tags) => [.. (tags ?? []).Select(tag => tag.Trim()).Distinct(StringComparer.Ordinal)];
}
