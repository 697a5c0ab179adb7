using CostService.Budgets;
using CostService.Keys;
using Microsoft.EntityFrameworkCore;
using ServiceDefaults.Storage;

namespace CostService.Storage;

/// <summary>The schema <c>cost</c>. Money moves by the set-based SQL of <see cref="LedgerSql"/>; this describes its tables.</summary>
internal sealed class CostDbContext(DbContextOptions<CostDbContext> options) : DbContext(options)
{
    public const string Schema = "cost";

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.HasDefaultSchema(Schema);
        modelBuilder.Entity<PipelineBudget>(budget => budget.ToTable("pipeline_budgets").HasKey(row => new { row.TenantId, row.PipelineId }));
        modelBuilder.Entity<TenantBudget>(budget =>
        {
            budget.ToTable("tenant_budgets").HasKey(row => row.TenantId);
            budget.Property(row => row.TenantId).ValueGeneratedNever();
        });
        // Only what is in flight is held, so that old holds are found by reading all of them, and no hold costs an entry in a second index.
        modelBuilder.Entity<HeldItem>().ToTable("holds", table => table.HasCheckConstraint("ck_holds_amount", "amount >= 0"))
            .HasKey(row => new { row.TenantId, row.ItemId, row.Attempt });
        modelBuilder.Entity<LedgerEntry>(entry =>
        {
            entry.ToTable("ledger", table => table.HasCheckConstraint("ck_ledger_amount", "amount >= 0")).HasKey(row => new { row.TenantId, row.ItemId, row.Attempt });
            entry.HasIndex(row => new { row.TenantId, row.At });
        });
        modelBuilder.Entity<ProviderKeyRow>(key =>
        {
            key.ToTable("provider_keys").HasKey(row => new { row.TenantId, row.Provider });
            key.Property(row => row.Provider).HasMaxLength(40);
            key.Property(row => row.Hint).HasMaxLength(8);
        });
        SnakeCase.Apply(modelBuilder);
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<decimal>().HavePrecision(18, 6);
}
