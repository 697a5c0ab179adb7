using System.Globalization;
using Npgsql;

namespace Jobs.Storage;

/// <summary>What a vendor's call changes about a job: when it is looked at, and that it is known at all.</summary>
public sealed class JobCalls(NpgsqlDataSource database, TimeProvider time)
{
    /// <summary>Makes an accepted job due for a look now, whoever owns it; false when there is no such job.</summary>
    /// <param name="job">The vendor's id of it: a handle, or its first word.</param>
    public async Task<bool> WakeAsync(string provider, string job, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            "update worker.provider_jobs set poll_at = least(poll_at, $3) where state = 'submitted' and provider = $1 and split_part(handle, ' ', 1) = $2");
        command.Parameters.Add(new NpgsqlParameter { Value = provider });
        command.Parameters.Add(new NpgsqlParameter { Value = job });
        command.Parameters.Add(new NpgsqlParameter { Value = time.GetUtcNow() });
        return await command.ExecuteNonQueryAsync(cancellationToken) > 0;
    }

    /// <summary>
    /// Takes a request of unknown fate up again with the job that it has become, so that what was bought is fetched and not lost. False while its submit still waits for
    /// an answer. It is nobody's then, so that a worker of its lane takes it, whichever took the call.
    /// </summary>
    public async Task<bool> AttachAsync(string provider, string requestKey, string handle, CancellationToken cancellationToken)
    {
        if (requestKey.Split('-') is not [var tenant, var item, var attempt] || !Number(tenant, out var tenantId) || !Number(item, out var itemId) || !Number(attempt, out var number))
        {
            return true;
        }

        await using var command = database.CreateCommand(
            """
            with known as (
                select state from worker.provider_jobs where item_id = $1 and attempt = $2 and tenant_id = $3 and provider = $4 and request_key = $5),
            attached as (
                update worker.provider_jobs set state = 'submitted', handle = $6, result = null, finished_at = null, owner = '', poll_at = $7, submitted_at = coalesce(submitted_at, $7)
                where item_id = $1 and attempt = $2 and tenant_id = $3 and provider = $4 and request_key = $5 and state = 'unknown' and handle is null)
            select coalesce((select state from known), 'gone')
            """);
        command.Parameters.Add(new NpgsqlParameter { Value = itemId });
        command.Parameters.Add(new NpgsqlParameter { Value = (int)number });
        command.Parameters.Add(new NpgsqlParameter { Value = tenantId });
        command.Parameters.Add(new NpgsqlParameter { Value = provider });
        command.Parameters.Add(new NpgsqlParameter { Value = requestKey });
        command.Parameters.Add(new NpgsqlParameter { Value = handle });
        command.Parameters.Add(new NpgsqlParameter { Value = time.GetUtcNow() });
        return (string)(await command.ExecuteScalarAsync(cancellationToken))! != JobStates.Submitting;
    }

    private static bool Number(string text, out long number) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
