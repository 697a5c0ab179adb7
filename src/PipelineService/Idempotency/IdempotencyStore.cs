using Npgsql;
using NpgsqlTypes;

namespace PipelineService.Idempotency;

/// <summary>Which request a key stands for.</summary>
/// <param name="Route">Method and path.</param>
internal readonly record struct RequestKey(long TenantId, string Route, string Key);

/// <summary>An answer as it is given again.</summary>
internal sealed record KeptAnswer(int StatusCode, string? ContentType, string? Location, string? ETag, byte[] Body);

/// <summary>What a keyed request finds.</summary>
internal abstract record Claim
{
    private Claim()
    {
    }

    /// <summary>It is the first, and holds the key as of this time.</summary>
    public sealed record Mine(DateTimeOffset HeldSince) : Claim;

    /// <summary>The first is still being answered.</summary>
    public sealed record InFlight : Claim;

    /// <summary>The key stands for a request with another body.</summary>
    public sealed record OtherBody : Claim;

    public sealed record Answered(KeptAnswer Answer) : Claim;
}

/// <summary>
/// The table of keyed requests. Each statement is a transaction of its own, on its own connection: the key must be seen by others while the
/// request's own transaction is open.
/// </summary>
internal sealed class IdempotencyStore(NpgsqlDataSource database)
{
    private const int SweepBatch = 1000;

    /// <param name="expired">Rows from before this time count as gone.</param>
    /// <param name="abandoned">Unanswered rows from before this time lost their process.</param>
    public async Task<Claim> ClaimAsync(
        RequestKey key, byte[] bodyHash, DateTimeOffset now, DateTimeOffset expired, DateTimeOffset abandoned, CancellationToken cancellationToken)
    {
        while (true)
        {
            await using var insert = Command(
                """
                insert into pipeline.idempotency as held (tenant_id, route, key, body_hash, created_at) values ($1, $2, $3, $4, $5)
                on conflict (tenant_id, route, key) do update
                set body_hash = excluded.body_hash, created_at = excluded.created_at, status_code = null, content_type = null, location = null, e_tag = null, body = null
                where held.created_at < $6 or (held.status_code is null and held.created_at < $7 and held.body_hash = excluded.body_hash)
                returning created_at
                """,
                key.TenantId, key.Route, key.Key, bodyHash, now, expired, abandoned);
            if (await ReadTimeAsync(insert, cancellationToken) is { } heldSince)
            {
                return new Claim.Mine(heldSince);
            }

            if (await FindAsync(key, bodyHash, cancellationToken) is { } claim)
            {
                return claim;
            }

            // deleted between the two statements: it is free
        }
    }

    /// <summary>Says that the request is still being answered; null when somebody else has taken it over.</summary>
    public async Task<DateTimeOffset?> RenewAsync(RequestKey key, DateTimeOffset heldSince, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var command = Command(
            """
            update pipeline.idempotency set created_at = $5
            where tenant_id = $1 and route = $2 and key = $3 and created_at = $4 and status_code is null
            returning created_at
            """,
            key.TenantId, key.Route, key.Key, heldSince, now);
        return await ReadTimeAsync(command, cancellationToken);
    }

    public async Task KeepAsync(RequestKey key, DateTimeOffset heldSince, KeptAnswer answer, CancellationToken cancellationToken)
    {
        await using var command = Command(
            """
            update pipeline.idempotency set status_code = $5, content_type = $6, location = $7, e_tag = $8, body = $9
            where tenant_id = $1 and route = $2 and key = $3 and created_at = $4 and status_code is null
            """,
            key.TenantId, key.Route, key.Key, heldSince, answer.StatusCode);
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)answer.ContentType ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)answer.Location ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)answer.ETag ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        command.Parameters.Add(new NpgsqlParameter { Value = answer.Body });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Frees the key: the request failed and may be tried again.</summary>
    public async Task ForgetAsync(RequestKey key, DateTimeOffset heldSince, CancellationToken cancellationToken)
    {
        await using var command = Command(
            "delete from pipeline.idempotency where tenant_id = $1 and route = $2 and key = $3 and created_at = $4 and status_code is null",
            key.TenantId, key.Route, key.Key, heldSince);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Deletes rows from before a time; how many.</summary>
    public async Task<int> SweepAsync(DateTimeOffset expired, CancellationToken cancellationToken)
    {
        var deleted = 0;
        int batch;
        do
        {
            await using var command = Command(
                "delete from pipeline.idempotency where ctid = any(array(select ctid from pipeline.idempotency where created_at < $1 limit $2 for update skip locked))",
                expired, SweepBatch);
            batch = await command.ExecuteNonQueryAsync(cancellationToken);
            deleted += batch;
        }
        while (batch == SweepBatch);
        return deleted;
    }

    private async Task<Claim?> FindAsync(RequestKey key, byte[] bodyHash, CancellationToken cancellationToken)
    {
        await using var command = Command(
            "select body_hash, status_code, content_type, location, e_tag, body from pipeline.idempotency where tenant_id = $1 and route = $2 and key = $3",
            key.TenantId, key.Route, key.Key);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        if (!await row.ReadAsync(cancellationToken))
        {
            return null;
        }

        if (!row.GetFieldValue<byte[]>(0).AsSpan().SequenceEqual(bodyHash))
        {
            return new Claim.OtherBody();
        }

        return row.IsDBNull(1)
            ? new Claim.InFlight()
            : new Claim.Answered(new KeptAnswer(row.GetInt32(1), Text(2), Text(3), Text(4), row.IsDBNull(5) ? [] : row.GetFieldValue<byte[]>(5)));

        string? Text(int column) => row.IsDBNull(column) ? null : row.GetString(column);
    }

    private static async Task<DateTimeOffset?> ReadTimeAsync(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        return await row.ReadAsync(cancellationToken) ? row.GetFieldValue<DateTimeOffset>(0) : null;
    }

    private NpgsqlCommand Command(string sql, params object[] values)
    {
        var command = database.CreateCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        return command;
    }
}
