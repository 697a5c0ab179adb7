using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using PipelineService.Progress;
using PipelineService.Storage;
using ServiceDefaults.MassTransitEf;

namespace PipelineService.Orchestration;

/// <summary>
/// What leaves with one commit: rows, dispatch-queue counts, events, messages.
/// Lock order everywhere: pipelines by id → steps by id → items by id → dispatch queues → the tenants' feeds.
/// </summary>
internal sealed class LedgerTransaction(PipelineDbContext db, TimeProvider time)
{
    private readonly List<NewEvent> _events = [];
    private readonly List<NpgsqlBatchCommand> _deferred = [];

    public PipelineDbContext Db => db;

    public DateTimeOffset Now { get; } = time.GetStoredNow();

    public QueueDeltas Queues { get; } = new();

    /// <summary>Epochs that workers have to learn of after the commit: (tenant, pipeline, smallest epoch that may still be submitted).</summary>
    public List<(long TenantId, long PipelineId, long Epoch)> Epochs { get; } = [];

    /// <summary>Lanes in which something may be sent that could not before.</summary>
    public HashSet<string> Wake { get; } = [];

    public NpgsqlConnection Connection => (NpgsqlConnection)db.Database.GetDbConnection();

    public NpgsqlTransaction Transaction => (NpgsqlTransaction)db.Database.CurrentTransaction!.GetDbTransaction();

    public void Add(NewEvent progress) => _events.Add(progress);

    public void Publish(long tenantId, object message) => db.Add(Outbox.Message(tenantId, message, Now));

    /// <summary>Leaves statements that return no rows to <see cref="FlushAsync"/>, where they share one exchange with the queues and the events.</summary>
    public void Defer(IEnumerable<NpgsqlBatchCommand> statements) => _deferred.AddRange(statements);

    /// <summary>Writes what is pending on the open transaction; who opened it commits. Returns what to announce after that.</summary>
    public async Task<IReadOnlyList<EventBatch>> FlushAsync(CancellationToken cancellationToken)
    {
        await db.SaveChangesAsync(cancellationToken);
        if (Queues.Write() is { } counts)
        {
            _deferred.Add(counts);
        }

        return await EventWriter.AppendAsync(Connection, Transaction, _deferred, _events, Now, cancellationToken);
    }

    public async Task<int> ExecuteAsync(string sql, CancellationToken cancellationToken, params object[] parameters)
    {
        await using var command = Command(sql, parameters);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>A statement of a batch; a parameter may be a value or an <see cref="NpgsqlParameter"/>.</summary>
    public static NpgsqlBatchCommand Statement(string sql, params object[] parameters)
    {
        var statement = new NpgsqlBatchCommand(sql);
        foreach (var parameter in parameters)
        {
            statement.Parameters.Add(parameter as NpgsqlParameter ?? new NpgsqlParameter { Value = parameter });
        }

        return statement;
    }

    /// <summary>A command on the open transaction; a parameter may be a value or an <see cref="NpgsqlParameter"/>.</summary>
    public NpgsqlCommand Command(string sql, params object[] parameters)
    {
        var command = new NpgsqlCommand(sql, Connection, Transaction);
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(parameter as NpgsqlParameter ?? new NpgsqlParameter { Value = parameter });
        }

        return command;
    }
}
