using System.Text.Json;
using Contracts.Generation;
using Npgsql;
using NpgsqlTypes;
using ServiceDefaults;

namespace Jobs.Storage;

/// <summary>What the claim of an attempt found.</summary>
public enum ClaimKind
{
    /// <summary>Nobody had it: the row stands now, and the submit may leave.</summary>
    Fresh,

    /// <summary>Its owner is gone and this process took it over; what was known of it is told.</summary>
    TakenOver,

    /// <summary>Its owner is alive and goes on with it.</summary>
    Live,

    /// <summary>It is this process's own.</summary>
    Mine,

    /// <summary>It is done; the result is stored.</summary>
    Done,

    /// <summary>There is none, and none was made.</summary>
    Absent,
}

/// <param name="Handle">Of a job that is this process's now, after the provider accepted it; null when the submit's fate is unknown.</param>
/// <param name="Result">Of a done one.</param>
public sealed record Claim(ClaimKind Kind, string? Handle = null, ItemResult? Result = null);

/// <param name="MayStart">False only looks for an existing job.</param>
public sealed record ClaimRequest(WorkItem Item, bool MayStart);

/// <param name="Handle">Set for a job the provider accepted; then there is no result yet.</param>
public sealed record JobUpdate(WorkItem Item, string? Handle, ItemResult? Result, DateTimeOffset? PollAt);

/// <summary>Provider jobs in PostgreSQL. Many requests are one statement (<see cref="GroupCommit{TRequest, TAnswer}"/>).</summary>
public sealed class JobStore(NpgsqlDataSource database, JobOwnership ownership, TimeProvider time)
{
    /// <summary>Claims attempts; answers in the order of the requests. A row stands before its submit leaves.</summary>
    public async Task<IReadOnlyList<Claim>> ClaimAsync(IReadOnlyList<ClaimRequest> requests, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(requests);
        await using var command = database.CreateCommand(
            """
            with t as (
                select * from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9)
                    as t (item_id, attempt, tenant_id, pipeline_id, lane, provider, request_key, task, may_start)),
            fresh as (
                insert into worker.provider_jobs (item_id, attempt, tenant_id, pipeline_id, lane, provider, request_key, task, state, owner, created_at)
                select item_id, attempt, tenant_id, pipeline_id, lane, provider, request_key, task, 'submitting', $10, $11 from t where may_start
                order by item_id, attempt
                on conflict (item_id, attempt) do nothing returning item_id, attempt),
            taken as (
                update worker.provider_jobs j set owner = $10 from t
                where j.item_id = t.item_id and j.attempt = t.attempt and j.tenant_id = t.tenant_id and j.state <> 'done' and j.owner <> $10
                    and not exists (select 1 from worker.owners o where o.owner = j.owner and o.alive_until > $11)
                returning j.item_id, j.attempt, j.handle)
            select item_id, attempt, 'fresh', null::text, null::jsonb from fresh
            union all select item_id, attempt, 'taken', handle, null from taken
            union all select j.item_id, j.attempt, case when j.state = 'done' then 'done' when j.owner = $10 then 'mine' else 'live' end, j.handle, j.result
            from worker.provider_jobs j join t on t.item_id = j.item_id and t.attempt = j.attempt and t.tenant_id = j.tenant_id
            where not exists (select 1 from taken k where k.item_id = j.item_id and k.attempt = j.attempt)
            """);
        var rows = requests.DistinctBy(request => request.Item.Key).Select(request => (request.Item, request.MayStart)).ToList();
        Add(command, rows, row => row.Item.Ref.ItemId, NpgsqlDbType.Bigint);
        Add(command, rows, row => row.Item.Ref.Attempt, NpgsqlDbType.Integer);
        Add(command, rows, row => row.Item.Ref.TenantId, NpgsqlDbType.Bigint);
        Add(command, rows, row => row.Item.Ref.PipelineId, NpgsqlDbType.Bigint);
        Add(command, rows, row => row.Item.Lane, NpgsqlDbType.Text);
        Add(command, rows, row => row.Item.Provider, NpgsqlDbType.Text);
        Add(command, rows, row => row.Item.RequestKey, NpgsqlDbType.Text);
        Add(command, rows, row => row.Item.Json, NpgsqlDbType.Jsonb);
        Add(command, rows, row => row.MayStart, NpgsqlDbType.Boolean);
        command.Parameters.Add(new NpgsqlParameter { Value = ownership.Me });
        command.Parameters.Add(new NpgsqlParameter { Value = time.GetUtcNow() });

        var found = new Dictionary<(long, int), Claim>();
        await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                found[(reader.GetInt64(0), reader.GetInt32(1))] = Read(reader);
            }
        }

        // Of two requests for one attempt in a batch the second meets the first one's live job.
        var answers = new List<Claim>(requests.Count);
        foreach (var request in requests)
        {
            answers.Add(found.Remove(request.Item.Key, out var claim) ? claim : new Claim(request.MayStart ? ClaimKind.Live : ClaimKind.Absent));
        }

        return answers;
    }

    /// <summary>Writes handles and results.</summary>
    public async Task<IReadOnlyList<bool>> UpdateAsync(IReadOnlyList<JobUpdate> updates, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(updates);
        await using var command = database.CreateCommand(
            """
            with u as (select * from unnest($1, $2, $3, $4, $5, $6) as u (item_id, attempt, tenant_id, handle, result, poll_at))
            update worker.provider_jobs j set
                state = case when u.result is null then 'submitted' else 'done' end,
                handle = coalesce(u.handle, j.handle), result = u.result, poll_at = u.poll_at,
                submitted_at = coalesce(j.submitted_at, $7), finished_at = case when u.result is null then null else $7 end
            from u where j.item_id = u.item_id and j.attempt = u.attempt and j.tenant_id = u.tenant_id and j.state <> 'done'
            """);
        Add(command, updates, row => row.Item.Ref.ItemId, NpgsqlDbType.Bigint);
        Add(command, updates, row => row.Item.Ref.Attempt, NpgsqlDbType.Integer);
        Add(command, updates, row => row.Item.Ref.TenantId, NpgsqlDbType.Bigint);
        Add(command, updates, row => row.Handle, NpgsqlDbType.Text);
        Add(command, updates, row => row.Result is null ? null : JsonSerializer.Serialize(row.Result, PipelineJson.Options), NpgsqlDbType.Jsonb);
        Add(command, updates, row => row.PollAt?.UtcDateTime, NpgsqlDbType.TimestampTz);
        command.Parameters.Add(new NpgsqlParameter { Value = time.GetUtcNow() });
        await command.ExecuteNonQueryAsync(cancellationToken);
        return [.. updates.Select(_ => true)];
    }

    /// <summary>Accepted jobs of this lane that are due for a look and are this process's, or nobody's any more.</summary>
    public async Task<IReadOnlyList<(WorkItem Item, string Handle, DateTimeOffset SubmittedAt)>> DueAsync(
        string lane, TimeSpan busyFor, int most, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            update worker.provider_jobs j set owner = $2, poll_at = $4
            from (select item_id, attempt from worker.provider_jobs d
                  where d.lane = $1 and d.state = 'submitted' and d.poll_at <= $3
                      and (d.owner = $2 or not exists (select 1 from worker.owners o where o.owner = d.owner and o.alive_until > $3))
                  order by d.poll_at limit $5 for update skip locked) due
            where j.item_id = due.item_id and j.attempt = due.attempt
            returning j.task, j.handle, j.submitted_at
            """);
        var now = time.GetUtcNow();
        command.Parameters.Add(new NpgsqlParameter { Value = lane });
        command.Parameters.Add(new NpgsqlParameter { Value = ownership.Me });
        command.Parameters.Add(new NpgsqlParameter { Value = now });
        command.Parameters.Add(new NpgsqlParameter { Value = now + busyFor });
        command.Parameters.Add(new NpgsqlParameter { Value = most });
        var jobs = new List<(WorkItem, string, DateTimeOffset)>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            jobs.Add((WorkItem.Read(lane, reader.GetString(0)), reader.GetString(1), reader.GetFieldValue<DateTimeOffset>(2)));
        }

        return jobs;
    }

    /// <summary>Deletes jobs that were done before a time; returns how many.</summary>
    public async Task<int> SweepAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            "delete from worker.provider_jobs where state = 'done' and finished_at < $1; delete from worker.owners where alive_until < $1");
        command.Parameters.Add(new NpgsqlParameter { Value = before });
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static Claim Read(NpgsqlDataReader reader) => reader.GetString(2) switch
    {
        "fresh" => new Claim(ClaimKind.Fresh),
        "taken" => new Claim(ClaimKind.TakenOver, reader.IsDBNull(3) ? null : reader.GetString(3)),
        "done" => new Claim(ClaimKind.Done, Result: JsonSerializer.Deserialize<ItemResult>(reader.GetString(4), PipelineJson.Options)),
        "mine" => new Claim(ClaimKind.Mine, reader.IsDBNull(3) ? null : reader.GetString(3)),
        _ => new Claim(ClaimKind.Live),
    };

    private static void Add<TRow, TValue>(NpgsqlCommand command, IReadOnlyList<TRow> rows, Func<TRow, TValue> value, NpgsqlDbType type) =>
        command.Parameters.Add(new NpgsqlParameter { Value = rows.Select(value).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | type });
}
