using Microsoft.EntityFrameworkCore;
using ServiceDefaults.Storage;

namespace Jobs.Storage;

/// <summary>Schema <c>worker</c>, shared by the workers: provider jobs and who works on them.</summary>
public sealed class WorkerDbContext(DbContextOptions<WorkerDbContext> options) : DbContext(options)
{
    public const string Schema = "worker";

    public DbSet<ProviderJob> Jobs => Set<ProviderJob>();

    public DbSet<JobOwner> Owners => Set<JobOwner>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.HasDefaultSchema(Schema);
        modelBuilder.Entity<ProviderJob>(job =>
        {
            job.ToTable("provider_jobs").HasKey(row => new { row.ItemId, row.Attempt });
            job.HasIndex(row => new { row.Lane, row.PollAt }).HasFilter("state = 'submitted'").HasDatabaseName("ix_provider_jobs_submitted");
            job.HasIndex(row => row.Lane).HasFilter("state = 'submitting'").HasDatabaseName("ix_provider_jobs_submitting");
            // Rows are written in the order of their time, so a summary a block range is enough to find the old ones.
            job.HasIndex(row => row.CreatedAt).HasMethod("brin");
        });
        modelBuilder.Entity<JobOwner>().ToTable("owners").HasKey(row => row.Owner);
        SnakeCase.Apply(modelBuilder);
    }
}
