using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;
using PipelineService.Storage;

namespace PipelineService.Retries;

/// <summary>Items of a step that failed for one reason and ask for the same parameters.</summary>
/// <param name="Code">Why; empty for cancelled ones.</param>
/// <param name="Resolved">Parameters of their own as they stand in the ledger; null for those of the step.</param>
/// <param name="Units">Outputs they would yield.</param>
/// <param name="Following">Those of them that lead to follow-up items.</param>
/// <param name="Newest">Id of the newest of them.</param>
internal sealed record FailedGroup(
    long StepId, string Code, string? Resolved, string? ServedBy, bool Retryable, int Items, int Units, int Following, decimal Quoted, long Newest, DateTimeOffset? LastAt);

/// <summary>Which items: null takes all.</summary>
internal sealed record FailedFilter(IReadOnlyList<string>? Reasons, IReadOnlyList<long>? ItemIds)
{
    public static FailedFilter All { get; } = new(null, null);
}

/// <summary>Counts failed items by step, reason and parameters, in one statement whatever their number.</summary>
internal static class FailedItems
{
    /// <param name="cancelled">The cancelled ones instead.</param>
    public static async Task<List<FailedGroup>> CountAsync(
        PipelineDbContext db, long tenantId, long[] stepIds, bool cancelled, FailedFilter filter, CancellationToken cancellationToken)
    {
        if (stepIds.Length == 0)
        {
            return [];
        }

        await db.Database.OpenConnectionAsync(cancellationToken);
        try
        {
            // The word stands in the statement, so that the index of failed items serves it.
            await using var command = new NpgsqlCommand(
                $"""
                select step_id, coalesce(error_code, ''), resolved::text, served_by, coalesce(bool_or(error_retryable), false), count(*)::int, sum(units)::int,
                    coalesce(sum(units) filter (where cascade), 0)::int, sum(quoted_cost), max(id), max(finished_at)
                from pipeline.items
                where tenant_id = $1 and step_id = any($2) and {(cancelled ? "status = 'cancelled'" : "has_failed")} and ($3::text[] is null or error_code = any($3)) and ($4::bigint[] is null or id = any($4))
                group by 1, 2, 3, 4 order by 1, 6 desc, 2, 3, 4
                """,
                (NpgsqlConnection)db.Database.GetDbConnection());
            command.Parameters.Add(new NpgsqlParameter { Value = tenantId });
            command.Parameters.Add(new NpgsqlParameter { Value = stepIds });
            command.Parameters.Add(new NpgsqlParameter { Value = filter.Reasons is { } codes ? codes.ToArray() : DBNull.Value, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
            command.Parameters.Add(new NpgsqlParameter { Value = filter.ItemIds is { } ids ? ids.ToArray() : DBNull.Value, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint });
            var groups = new List<FailedGroup>();
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                groups.Add(new FailedGroup(
                    reader.GetInt64(0), reader.GetString(1), reader.IsDBNull(2) ? null : reader.GetString(2), reader.IsDBNull(3) ? null : reader.GetString(3), reader.GetBoolean(4),
                    reader.GetInt32(5), reader.GetInt32(6), reader.GetInt32(7), reader.GetDecimal(8), reader.GetInt64(9),
                    reader.IsDBNull(10) ? null : reader.GetFieldValue<DateTimeOffset>(10)));
            }

            return groups;
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }

    /// <summary>Failures after which it is not known whether the work was bought.</summary>
    public static bool MayHaveBeenBought(string code) => code is "outcome_unknown" or "crash_loop";
}
