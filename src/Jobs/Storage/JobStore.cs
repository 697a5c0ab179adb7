using System.Text.Json;
using Contracts.Generation;
using Npgsql;
using NpgsqlTypes;
using ServiceDefaults;

namespace Jobs.Storage;

/// <summary>Provider jobs in PostgreSQL. Many requests are one statement (<see cref="GroupCommit{TRequest, TAnswer}"/>); answers come in their order.</summary>
public sealed class JobStore(NpgsqlDataSource database, JobOwnership ownership, TimeProvider time)
{
    private const int SweptAtOnce = 5000;

    // JSON goes as text and is cast in the statement: a parameter that PostgreSQL refuses when it is bound makes Npgsql lose its place in the
    // conversation when it is just preparing the statement by itself (npgsql/npgsql#6391), and the next, innocent one fails.

    /// <summary>Claims attempts. A row stands before its submit leaves.</summary>
    public async Task<IReadOnlyList<Claim>> ClaimAsync(IReadOnlyList<ClaimRequest> requests, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(requests);
        await using var command = database.CreateCommand(
            """
            with t as (
                select * from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
                    as t (item_id, attempt, tenant_id, pipeline_id, step_id, lane, provider, request_key, task, refusal)),
            fresh as (
                insert into worker.provider_jobs
                    (item_id, attempt, tenant_id, pipeline_id, step_id, lane, provider, request_key, task, state, result, finished_at, owner, created_at)
                select item_id, attempt, tenant_id, pipeline_id, step_id, lane, provider, request_key, task,
                    case when refusal is null then 'submitting' else 'refused' end, refusal, case when refusal is not null then $12 end, $11, $12 from t
                order by item_id, attempt
                on conflict (item_id, attempt) do nothing returning item_id, attempt, state),
            rest as (select t.* from t where not exists (select 1 from fresh f where f.item_id = t.item_id and f.attempt = t.attempt)),
            taken as (
                update worker.provider_jobs j set owner = $11, poll_at = case when j.state = 'submitted' then $12 end from rest t
                where j.item_id = t.item_id and j.attempt = t.attempt and j.tenant_id = t.tenant_id and j.state in ('submitting', 'submitted') and j.owner <> $11
                    and (j.owner = any ($13) or not exists (select 1 from worker.owners o where o.owner = j.owner))
                returning j.item_id, j.attempt, j.handle)
            select item_id, attempt, case when state = 'refused' then state else 'fresh' end, null::text, null::text from fresh
            union all select item_id, attempt, 'taken', handle, null from taken
            union all select j.item_id, j.attempt, case when j.result is not null then 'ended' when j.owner = $11 then 'mine' else 'live' end, j.handle, j.result
            from worker.provider_jobs j join rest t on t.item_id = j.item_id and t.attempt = j.attempt and t.tenant_id = j.tenant_id
            where not exists (select 1 from taken k where k.item_id = j.item_id and k.attempt = j.attempt)
            """);
        var rows = requests.DistinctBy(request => request.Item.Key).ToList();
        Add(command, rows, row => row.Item.Ref.ItemId, NpgsqlDbType.Bigint);
        Add(command, rows, row => row.Item.Ref.Attempt, NpgsqlDbType.Integer);
        Add(command, rows, row => row.Item.Ref.TenantId, NpgsqlDbType.Bigint);
        Add(command, rows, row => row.Item.Ref.PipelineId, NpgsqlDbType.Bigint);
        Add(command, rows, row => row.Item.Ref.StepId, NpgsqlDbType.Bigint);
        Add(command, rows, row => row.Item.Lane, NpgsqlDbType.Text);
        Add(command, rows, row => row.Item.Provider, NpgsqlDbType.Text);
        Add(command, rows, row => row.Item.RequestKey, NpgsqlDbType.Text);
        Add(command, rows, row => row.Item.Json, NpgsqlDbType.Text);
        Add(command, rows, row => row.Refusal is null ? null : JsonSerializer.Serialize(row.Refusal, PipelineJson.Options), NpgsqlDbType.Text);
        command.Parameters.Add(new NpgsqlParameter { Value = ownership.Me });
        command.Parameters.Add(new NpgsqlParameter { Value = time.GetUtcNow() });
        command.Parameters.Add(new NpgsqlParameter { Value = ownership.Gone.ToArray() });

        var found = new Dictionary<(long, int), Claim>();
        await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                found[(reader.GetInt64(0), reader.GetInt32(1))] = Read(reader);
            }
        }

        // Not found: another process inserted it at this moment, or it is the second request for one attempt in this batch. Either has an owner.
        var answers = new List<Claim>(requests.Count);
        foreach (var request in requests)
        {
            answers.Add(found.Remove(request.Item.Key, out var claim) ? claim : new Claim(ClaimKind.Live));
        }

        return answers;
    }

    /// <summary>
    /// Writes handles and results; false for what was not written. What has ended stays as it is, but for a failure or unknown fate that turns out to be a success.
    /// Of a job that another process has taken over only a success counts: the other goes on with it, and may well succeed where this one failed.
    /// </summary>
    public async Task<IReadOnlyList<bool>> UpdateAsync(IReadOnlyList<JobUpdate> updates, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(updates);
        if (updates.DistinctBy(update => update.Item.Key).Count() < updates.Count)
        {
            // A statement writes a row once: of two updates of one job it would lose one.
            var answers = new List<bool>(updates.Count);
            foreach (var update in updates)
            {
                answers.AddRange(await UpdateAsync([update], cancellationToken));
            }

            return answers;
        }

        await using var command = database.CreateCommand(
            """
            with u as (select * from unnest($1, $2, $3, $4, $5, $6, $7, $8) as u (item_id, attempt, tenant_id, state, handle, request_id, result, poll_at))
            update worker.provider_jobs j set
                state = u.state, handle = coalesce(u.handle, j.handle), provider_request_id = coalesce(u.request_id, u.handle, j.provider_request_id, j.handle),
                result = u.result, poll_at = u.poll_at,
                task = case when u.state = 'done' then '' else j.task end,
                submitted_at = coalesce(j.submitted_at, case when u.result is null then $9 else j.created_at end),
                finished_at = case when u.result is null then null else $9 end
            from u where j.item_id = u.item_id and j.attempt = u.attempt and j.tenant_id = u.tenant_id
                and ((j.state in ('submitting', 'submitted') and (j.owner = $10 or u.state = 'done')) or (j.state in ('unknown', 'failed') and u.state = 'done'))
            returning j.item_id, j.attempt
            """);
        Add(command, updates, row => row.Item.Ref.ItemId, NpgsqlDbType.Bigint);
        Add(command, updates, row => row.Item.Ref.Attempt, NpgsqlDbType.Integer);
        Add(command, updates, row => row.Item.Ref.TenantId, NpgsqlDbType.Bigint);
        Add(command, updates, row => row.State, NpgsqlDbType.Text);
        Add(command, updates, row => row.Handle, NpgsqlDbType.Text);
        Add(command, updates, row => row.Result?.ProviderRequestId, NpgsqlDbType.Text);
        Add(command, updates, row => row.Result is null ? null : JsonSerializer.Serialize(row.Result, PipelineJson.Options), NpgsqlDbType.Text);
        Add(command, updates, row => row.PollAt?.UtcDateTime, NpgsqlDbType.TimestampTz);
        command.Parameters.Add(new NpgsqlParameter { Value = time.GetUtcNow() });
        command.Parameters.Add(new NpgsqlParameter { Value = ownership.Me });
        var written = new HashSet<(long, int)>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            written.Add((reader.GetInt64(0), reader.GetInt32(1)));
        }

        return [.. updates.Select(update => written.Contains(update.Item.Key))];
    }

    /// <summary>Gives up this process's claims.</summary>
    public async Task<IReadOnlyList<bool>> ReleaseAsync(IReadOnlyList<JobRelease> releases, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(releases);
        await using var command = database.CreateCommand(
            """
            with t as (select * from unnest($1, $2, $3, $4) as t (item_id, attempt, tenant_id, never_sent)),
            forgotten as (
                delete from worker.provider_jobs j using t
                where j.item_id = t.item_id and j.attempt = t.attempt and j.tenant_id = t.tenant_id and j.owner = $5 and j.state = 'submitting' and t.never_sent)
            update worker.provider_jobs j set owner = '' from t
            where j.item_id = t.item_id and j.attempt = t.attempt and j.tenant_id = t.tenant_id and j.owner = $5 and j.state = 'submitting' and not t.never_sent
            """);
        Add(command, releases, row => row.Item.Ref.ItemId, NpgsqlDbType.Bigint);
        Add(command, releases, row => row.Item.Ref.Attempt, NpgsqlDbType.Integer);
        Add(command, releases, row => row.Item.Ref.TenantId, NpgsqlDbType.Bigint);
        Add(command, releases, row => row.NeverSent, NpgsqlDbType.Boolean);
        command.Parameters.Add(new NpgsqlParameter { Value = ownership.Me });
        await command.ExecuteNonQueryAsync(cancellationToken);
        return [.. releases.Select(_ => true)];
    }

    /// <summary>Accepted jobs of this lane: this process's own that are due for a look, and at once those whose owner is gone.</summary>
    /// <param name="busyFor">How long they are not due again, unless the look ends sooner.</param>
    public async Task<IReadOnlyList<DueJob>> DueAsync(string lane, TimeSpan busyFor, int most, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            update worker.provider_jobs j set owner = $2, poll_at = $4
            from (select item_id, attempt from worker.provider_jobs d
                  where d.lane = $1 and d.state = 'submitted'
                      and ((d.owner = $2 and d.poll_at <= $3)
                          or (d.owner <> $2 and (d.owner = any ($6) or not exists (select 1 from worker.owners o where o.owner = d.owner))))
                  order by d.poll_at limit $5 for update skip locked) due
            where j.item_id = due.item_id and j.attempt = due.attempt
            returning j.item_id, j.attempt, j.task, j.handle, j.submitted_at
            """);
        var now = time.GetUtcNow();
        command.Parameters.Add(new NpgsqlParameter { Value = lane });
        command.Parameters.Add(new NpgsqlParameter { Value = ownership.Me });
        command.Parameters.Add(new NpgsqlParameter { Value = now });
        command.Parameters.Add(new NpgsqlParameter { Value = now + busyFor });
        command.Parameters.Add(new NpgsqlParameter { Value = most });
        command.Parameters.Add(new NpgsqlParameter { Value = ownership.Gone.ToArray() });
        var jobs = new List<DueJob>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            jobs.Add(new DueJob(reader.GetInt64(0), reader.GetInt32(1), reader.GetString(2), reader.GetString(3), reader.GetFieldValue<DateTimeOffset>(4)));
        }

        return jobs;
    }

    /// <summary>Tasks of this lane whose submit was about to leave or had left when their owner went; nothing is claimed yet.</summary>
    public async Task<IReadOnlyList<string>> OrphansAsync(string lane, int most, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            select j.task from worker.provider_jobs j
            where j.lane = $1 and j.state = 'submitting' and j.owner <> $2
                and (j.owner = any ($4) or not exists (select 1 from worker.owners o where o.owner = j.owner))
            order by j.created_at limit $3
            """);
        command.Parameters.Add(new NpgsqlParameter { Value = lane });
        command.Parameters.Add(new NpgsqlParameter { Value = ownership.Me });
        command.Parameters.Add(new NpgsqlParameter { Value = most });
        command.Parameters.Add(new NpgsqlParameter { Value = ownership.Gone.ToArray() });
        var tasks = new List<string>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            tasks.Add(reader.GetString(0));
        }

        return tasks;
    }

    /// <summary>Deletes jobs older than a time, but for those a provider still works on, and owners long gone; returns how many jobs.</summary>
    public async Task<int> SweepAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        var swept = 0;
        int some;
        do
        {
            await using var jobs = database.CreateCommand(
                """
                delete from worker.provider_jobs where (item_id, attempt) in (
                    select item_id, attempt from worker.provider_jobs where created_at < $1 and state <> 'submitted' order by created_at limit $2 for update skip locked)
                """);
            jobs.Parameters.Add(new NpgsqlParameter { Value = before });
            jobs.Parameters.Add(new NpgsqlParameter { Value = SweptAtOnce });
            some = await jobs.ExecuteNonQueryAsync(cancellationToken);
            swept += some;
        }
        while (some == SweptAtOnce);

        await using var owners = database.CreateCommand("delete from worker.owners where alive_until < $1");
        owners.Parameters.Add(new NpgsqlParameter { Value = before });
        await owners.ExecuteNonQueryAsync(cancellationToken);
        return swept;
    }

    private static Claim Read(NpgsqlDataReader reader) => reader.GetString(2) switch
    {
        "fresh" => new Claim(ClaimKind.Fresh),
        "refused" => new Claim(ClaimKind.Refused),
        "taken" => new Claim(ClaimKind.TakenOver, Handle(reader)),
        "ended" => new Claim(ClaimKind.Ended, Result: JsonSerializer.Deserialize<ItemResult>(reader.GetString(4), PipelineJson.Options)),
        "mine" => new Claim(ClaimKind.Mine, Handle(reader)),
        _ => new Claim(ClaimKind.Live),
    };

    private static string? Handle(NpgsqlDataReader reader) => reader.IsDBNull(3) ? null : reader.GetString(3);

    private static void Add<TRow, TValue>(NpgsqlCommand command, IReadOnlyList<TRow> rows, Func<TRow, TValue> value, NpgsqlDbType type) =>
        command.Parameters.Add(new NpgsqlParameter { Value = rows.Select(value).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | type });
}
