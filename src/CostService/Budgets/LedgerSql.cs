namespace CostService.Budgets;

/// <summary>The set-based statements of the ledger; each runs under the locks of <see cref="BudgetRows"/>.</summary>
internal static class LedgerSql
{
    /// <summary>Those of tenant $1's attempts ($2, $3) that are held or paid. One that ended at no cost may be sent, and held, again.</summary>
    // Looked up one by one: of two "exists" joined by "or" PostgreSQL would read all that the tenant ever paid.
    public const string KnownAttempts = """
        select i, a from unnest($2, $3) as asked (i, a) cross join lateral (
            (select from holds h where h.tenant_id = $1 and h.item_id = i and h.attempt = a limit 1)
            union all
            (select from ledger l where l.tenant_id = $1 and l.item_id = i and l.attempt = a and l.amount > 0 limit 1)
            limit 1) as known
        """;

    /// <summary>
    /// Holds the attempts ($5, $6, $7) that are not held or paid yet, if all of them fit below the pipeline's cap ($8, null for none) and, unless they are
    /// simulated ($3), the tenant's ($9, for the month $10). Returns whether they do; false also when a budget's row is missing or of another month.
    /// </summary>
    public const string HoldAll = $"""
        with asked as (select * from unnest($5, $6, $7) as asked (item_id, attempt, amount)),
        fresh as materialized (
            select asked.* from asked left join lateral (
                (select 1 as found from holds h where h.tenant_id = $1 and h.item_id = asked.item_id and h.attempt = asked.attempt limit 1)
                union all
                (select 1 from ledger l where l.tenant_id = $1 and l.item_id = asked.item_id and l.attempt = asked.attempt and l.amount > 0 limit 1)
                limit 1) as known on true
            where known.found is null),
        verdict as materialized (
            select sum.amount, {BudgetRows.AllLocked} and coalesce(
                (select $8::numeric is null or b.held + b.spent + sum.amount <= $8::numeric from pipeline_budgets b where b.tenant_id = $1 and b.pipeline_id = $2)
                and ($3 or (select $9::numeric is null or b.held + b.spent + sum.amount <= $9::numeric from tenant_budgets b where b.tenant_id = $1 and b.month = $10)),
                false) as fits
            from (select coalesce(sum(amount), 0) as amount from fresh) as sum),
        held as (
            insert into holds (tenant_id, pipeline_id, simulated, expires_at, item_id, attempt, amount)
            select $1, $2, $3, $4, fresh.* from fresh where (select fits from verdict)),
        pipelines as (
            update pipeline_budgets b set held = b.held + v.amount from verdict v where v.fits and b.tenant_id = $1 and b.pipeline_id = $2),
        tenants as (
            update tenant_budgets b set held = b.held + v.amount from verdict v where v.fits and not $3 and b.tenant_id = $1)
        select fits from verdict
        """;

    public const string AddHolds = """
        insert into holds (tenant_id, pipeline_id, simulated, expires_at, item_id, attempt, amount)
        select $1, $2, $3, $4, i, a, x from unnest($5, $6, $7) as granted (i, a, x)
        """;

    public const string ReleaseHolds = $"""
        with freed as (
            delete from holds h using unnest($3, $4) as gone (i, a)
            where h.tenant_id = $1 and h.pipeline_id = $2 and h.item_id = i and h.attempt = a
            returning h.amount, h.simulated)
        {TakeFreed}
        """;

    public const string ExpireHolds = $"""
        with freed as (
            delete from holds h where h.tenant_id = $1 and h.pipeline_id = $2 and h.expires_at <= $3
            returning h.amount, h.simulated)
        {TakeFreed}
        """;

    /// <summary>
    /// Books settlements ($1 to $13, arrays), frees their holds, and moves both from held to spent; $14 is when the tenants' month began. Does nothing unless
    /// all budgets are locked and none of the tenants ($15) is in an earlier month than $16. Returns whether that is so, beside what was booked above its quote.
    /// </summary>
    public const string Settle = $"""
        with ready as materialized (
            select {BudgetRows.AllLocked} and not exists (select from tenant_budgets b where b.tenant_id = any($15) and b.month < $16) as ready),
        settled as (
            select s.* from ready, unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
                as s (tenant_id, pipeline_id, step_id, item_id, attempt, step_type, model, provider, units, amount, quoted, simulated, at)
            where ready.ready),
        booked as (
            insert into ledger as l (tenant_id, pipeline_id, step_id, item_id, attempt, step_type, model, provider, units, amount, quoted, above_quote, simulated, at)
            select tenant_id, pipeline_id, step_id, item_id, attempt, step_type, model, provider, units, amount, quoted, amount > quoted, simulated, at from settled
            on conflict (tenant_id, item_id, attempt) do update
                set provider = excluded.provider, units = excluded.units, amount = excluded.amount, quoted = excluded.quoted,
                    above_quote = excluded.above_quote, simulated = excluded.simulated, at = excluded.at
                where l.amount = 0 and excluded.amount > 0
            returning tenant_id, pipeline_id, item_id, attempt, amount, quoted, above_quote, simulated, at),
        freed as (
            delete from holds h using settled s
            where h.tenant_id = s.tenant_id and h.item_id = s.item_id and h.attempt = s.attempt
            returning h.tenant_id, h.pipeline_id, h.amount, h.simulated),
        moves as (
            select tenant_id, pipeline_id, amount as spent, 0 as held, simulated, at from booked
            union all
            select tenant_id, pipeline_id, 0, amount, simulated, null from freed),
        pipelines as (
            update pipeline_budgets b set held = b.held - m.held, spent = b.spent + m.spent
            from (select tenant_id, pipeline_id, sum(held) as held, sum(spent) as spent from moves group by tenant_id, pipeline_id) m
            where b.tenant_id = m.tenant_id and b.pipeline_id = m.pipeline_id),
        tenants as (
            update tenant_budgets b set held = b.held - m.held, spent = b.spent + m.spent
            from (select tenant_id, sum(held) as held, coalesce(sum(spent) filter (where at >= $14), 0) as spent
                  from moves where not simulated group by tenant_id) m
            where b.tenant_id = m.tenant_id)
        select ready.ready, above.* from ready left join (select tenant_id, item_id, attempt, amount, quoted from booked where above_quote) as above on true
        """;

    private const string TakeFreed = """
        , pipelines as (
            update pipeline_budgets set held = held - (select coalesce(sum(amount), 0) from freed) where tenant_id = $1 and pipeline_id = $2),
        tenants as (
            update tenant_budgets set held = held - (select coalesce(sum(amount), 0) from freed where not simulated) where tenant_id = $1)
        select count(*) from freed
        """;
}
