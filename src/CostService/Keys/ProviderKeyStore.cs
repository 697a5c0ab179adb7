using Npgsql;
using Providers.Keys;

namespace CostService.Keys;

/// <summary>Workspaces' keys. They cannot be read here: the ring that they are encrypted with is with those who call vendors.</summary>
internal sealed class ProviderKeyStore(NpgsqlDataSource database, TimeProvider time) : IKeyShelf
{
    public async Task<ShelfView?> ReadAsync(string known, CancellationToken cancellationToken)
    {
        // The version is of what this one statement sees.
        await using var command = database.CreateCommand(
            """
            with version as (select coalesce(md5(string_agg(version::text, ',' order by version)), 'none') as text from provider_keys)
            select v.text, k.tenant_id, k.provider, k.sealed, k.hint, k.changed_at from version v left join provider_keys k on v.text <> $1 order by k.tenant_id, k.provider
            """);
        command.Parameters.Add(new NpgsqlParameter { Value = known });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var (version, keys) = (known, new List<SealedKey>());
        while (await reader.ReadAsync(cancellationToken))
        {
            version = reader.GetString(0);
            if (!reader.IsDBNull(1))
            {
                keys.Add(new SealedKey(reader.GetInt64(1), reader.GetString(2), reader.GetString(3), reader.GetString(4), reader.GetFieldValue<DateTimeOffset>(5)));
            }
        }

        return version == known ? null : new ShelfView(version, keys);
    }

    public async Task PutAsync(long tenantId, string provider, string text, string hint, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            insert into provider_keys (tenant_id, provider, sealed, hint, changed_at, version) values ($1, $2, $3, $4, $5, $6)
            on conflict (tenant_id, provider) do update
            set sealed = excluded.sealed, hint = excluded.hint, changed_at = excluded.changed_at, version = excluded.version
            """);
        foreach (var value in new object[] { tenantId, provider, text, hint, time.GetUtcNow(), Guid.NewGuid() })
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public async Task RemoveAsync(long tenantId, string provider, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("delete from provider_keys where tenant_id = $1 and provider = $2");
        command.Parameters.Add(new NpgsqlParameter { Value = tenantId });
        command.Parameters.Add(new NpgsqlParameter { Value = provider });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
