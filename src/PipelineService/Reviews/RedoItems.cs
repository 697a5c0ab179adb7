using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;
using PipelineService.Pipelines;
using PipelineService.Retries;
using PipelineService.Storage;

namespace PipelineService.Reviews;

/// <summary>Which outputs are made anew, and the kinds of their items: one statement each, whatever their number.</summary>
/// <param name="OutputIds">Those with an item; a prompt that a person wrote has none.</param>
internal sealed record RedoItems(IReadOnlyList<long> OutputIds, IReadOnlyList<FailedGroup> Groups)
{
    /// <param name="ids">Null for all rejected ones that have not been made anew.</param>
    public static async Task<RedoItems> FindAsync(PipelineDbContext db, Step step, IReadOnlyList<long>? ids, CancellationToken cancellationToken)
    {
        var outputs = db.Outputs.AsNoTracking().Where(output => output.StepId == step.Id && output.TenantId == step.TenantId && output.ItemId != null);
        outputs = ids is null ? outputs.Where(output => output.Verdict == Verdict.Reject && !output.Redone) : outputs.Where(output => ids.Contains(output.Id));
        var found = await outputs.OrderBy(output => output.Id).Select(output => new { output.Id, ItemId = output.ItemId!.Value }).ToListAsync(cancellationToken);
        return new RedoItems(
            [.. found.Select(output => output.Id)], found.Count == 0 ? [] : await GroupsAsync(db, step, [.. found.Select(output => output.ItemId).Distinct()], cancellationToken));
    }

    private static async Task<List<FailedGroup>> GroupsAsync(PipelineDbContext db, Step step, long[] items, CancellationToken cancellationToken)
    {
        await db.Database.OpenConnectionAsync(cancellationToken);
        try
        {
            await using var command = new NpgsqlCommand(
                """
                select resolved::text, served_by, count(*)::int, sum(units)::int, sum(quoted_cost), max(id) from pipeline.items
                where tenant_id = $1 and step_id = $2 and id = any($3) group by 1, 2 order by 1, 2
                """,
                (NpgsqlConnection)db.Database.GetDbConnection());
            command.Parameters.Add(new NpgsqlParameter { Value = step.TenantId });
            command.Parameters.Add(new NpgsqlParameter { Value = step.Id });
            command.Parameters.Add(new NpgsqlParameter { Value = items, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint });
            var groups = new List<FailedGroup>();
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                groups.Add(new FailedGroup(
                    step.Id, string.Empty, reader.IsDBNull(0) ? null : reader.GetString(0), reader.IsDBNull(1) ? null : reader.GetString(1), false, reader.GetInt32(2), reader.GetInt32(3),
                    Following: 0, reader.GetDecimal(4), reader.GetInt64(5), null));
            }

            return groups;
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }
}
