using MassTransit;
using MassTransit.Configuration;
using MassTransit.Context;
using MassTransit.Middleware;
using MassTransit.Saga;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace ServiceDefaults.MassTransitEf;

/// <summary>
/// A saga repository on EF Core, in the shape of MassTransit.EntityFrameworkCore's pessimistic one (docs/decisions): the instance is loaded with a
/// row lock, and its state and whatever the activities write to the same context commit in one transaction.
/// </summary>
public static class EfSagaRegistration
{
    public static ISagaRegistrationConfigurator<TSaga> EfRepository<TSaga, TDb>(this ISagaRegistrationConfigurator<TSaga> configurator)
        where TSaga : class, ISaga
        where TDb : DbContext
    {
        ArgumentNullException.ThrowIfNull(configurator);
        configurator.Repository(repository =>
        {
            repository.RegisterLoadSagaRepository<TSaga, EfSagaContextFactory<TSaga, TDb>>();
            repository.RegisterSagaRepository<TSaga, TDb, SagaConsumeContextFactory<TDb, TSaga>, EfSagaContextFactory<TSaga, TDb>>();
        });
        return configurator;
    }
}

/// <summary>Scoped: MassTransit makes one scope a delivery attempt, so a retry starts from a fresh context.</summary>
public sealed class EfSagaContextFactory<TSaga, TDb>(TDb db, OutboxSignal signal) : ISagaRepositoryContextFactory<TSaga>, ILoadSagaRepositoryContextFactory<TSaga>
    where TSaga : class, ISaga
    where TDb : DbContext
{
    public async Task Send<T>(ConsumeContext<T> context, IPipe<SagaRepositoryContext<TSaga, T>> next)
        where T : class
    {
        var commit = context.GetOrAddPayload(() => new SagaCommit());
        await using var transaction = await db.Database.BeginTransactionAsync(context.CancellationToken);
        await next.Send(new EfSagaContext<TSaga, T, TDb>(db, context));
        await db.SaveChangesAsync(context.CancellationToken);
        await transaction.CommitAsync(context.CancellationToken);
        signal.Set();
        await commit.RunAsync();
    }

    public Task SendQuery<T>(ConsumeContext<T> context, ISagaQuery<TSaga> query, IPipe<SagaRepositoryQueryContext<TSaga, T>> next)
        where T : class => throw new NotSupportedException("Sagas are correlated by id.");

    public Task<T> Execute<T>(Func<LoadSagaRepositoryContext<TSaga>, Task<T>> asyncMethod, CancellationToken cancellationToken)
        where T : class => asyncMethod(new LoadContext(db, cancellationToken));

    public void Probe(ProbeContext context) => context.Add("persistence", "efcore");

    private sealed class LoadContext(TDb db, CancellationToken cancellationToken) : BasePipeContext(cancellationToken), LoadSagaRepositoryContext<TSaga>
    {
        public async Task<TSaga> Load(Guid correlationId) =>
            (await db.Set<TSaga>().AsNoTracking().SingleOrDefaultAsync(saga => saga.CorrelationId == correlationId, CancellationToken))!;
    }
}

internal sealed class EfSagaContext<TSaga, T, TDb>(TDb db, ConsumeContext<T> context) : ConsumeContextScope<T>(context), SagaRepositoryContext<TSaga, T>
    where TSaga : class, ISaga
    where T : class
    where TDb : DbContext
{
    public Task<SagaConsumeContext<TSaga, T>> Add(TSaga instance)
    {
        db.Add(instance);
        return Wrap(instance);
    }

    public async Task<SagaConsumeContext<TSaga, T>> Insert(TSaga instance)
    {
        db.Add(instance);
        await db.SaveChangesAsync(CancellationToken);
        return await Wrap(instance);
    }

    public async Task<SagaConsumeContext<TSaga, T>> Load(Guid correlationId)
    {
        // The row lock serialises everything that decides about this instance, across processes; without it a fan-in loses events.
        var saga = await db.Set<TSaga>().FromSqlRaw(LockedRow(), correlationId).SingleOrDefaultAsync(CancellationToken);
        return saga is null ? null! : await Wrap(saga);
    }

    public Task Save(SagaConsumeContext<TSaga> context) => Task.CompletedTask;

    public Task Update(SagaConsumeContext<TSaga> context) => Task.CompletedTask;

    public Task Delete(SagaConsumeContext<TSaga> context)
    {
        db.Remove(context.Saga);
        return Task.CompletedTask;
    }

    public Task Discard(SagaConsumeContext<TSaga> context)
    {
        db.Entry(context.Saga).State = EntityState.Detached;
        return Task.CompletedTask;
    }

    public Task Undo(SagaConsumeContext<TSaga> context)
    {
        db.Entry(context.Saga).State = EntityState.Unchanged;
        return Task.CompletedTask;
    }

    public Task<SagaConsumeContext<TSaga, TMessage>> CreateSagaConsumeContext<TMessage>(ConsumeContext<TMessage> consumeContext, TSaga instance, SagaConsumeContextMode mode)
        where TMessage : class =>
        Task.FromResult<SagaConsumeContext<TSaga, TMessage>>(new DefaultSagaConsumeContext<TSaga, TMessage>(consumeContext, instance));

    private Task<SagaConsumeContext<TSaga, T>> Wrap(TSaga saga) =>
        Task.FromResult<SagaConsumeContext<TSaga, T>>(new DefaultSagaConsumeContext<TSaga, T>(this, saga));

    private string LockedRow()
    {
        var entity = db.Model.FindEntityType(typeof(TSaga))!;
        var table = StoreObjectIdentifier.Create(entity, StoreObjectType.Table)!.Value;
        var column = entity.FindProperty(nameof(ISaga.CorrelationId))!.GetColumnName(table);
        return $"select * from {table.Schema}.{table.Name} where {column} = {{0}} for update";
    }
}
