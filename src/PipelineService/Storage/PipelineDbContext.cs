using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using PipelineService.Assets;
using PipelineService.Library;
using PipelineService.Orchestration;
using PipelineService.Pipelines;
using PipelineService.Progress;
using PipelineService.Prompts;
using PipelineService.Reuse;
using PipelineService.Sheets;
using PipelineService.Templates;
using PipelineService.Waiting;
using ServiceDefaults;
using ServiceDefaults.MassTransitEf;
using ServiceDefaults.Storage;

namespace PipelineService.Storage;

/// <summary>Schema <c>pipeline</c>: every row carries its tenant; names are snake_case, enums their snake_case word.</summary>
public sealed class PipelineDbContext(DbContextOptions<PipelineDbContext> options) : DbContext(options)
{
    public const string Schema = "pipeline";

    public DbSet<Pipeline> Pipelines => Set<Pipeline>();

    public DbSet<InputPart> Inputs => Set<InputPart>();

    public DbSet<Step> Steps => Set<Step>();

    public DbSet<Item> Items => Set<Item>();

    public DbSet<Output> Outputs => Set<Output>();

    public DbSet<Asset> Assets => Set<Asset>();

    public DbSet<Collection> Collections => Set<Collection>();

    public DbSet<CollectionAsset> CollectionAssets => Set<CollectionAsset>();

    public DbSet<EventBatch> EventBatches => Set<EventBatch>();

    public DbSet<DispatchQueue> DispatchQueues => Set<DispatchQueue>();

    public DbSet<IdempotencyRecord> Idempotency => Set<IdempotencyRecord>();

    internal DbSet<Template> Templates => Set<Template>();
    public DbSet<Sheet> Sheets => Set<Sheet>();

    internal DbSet<PromptSettings> PromptSettings => Set<PromptSettings>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.HasDefaultSchema(Schema);
        modelBuilder.Entity<Pipeline>(Pipelines_);
        modelBuilder.Entity<InputPart>(Inputs_);
        modelBuilder.Entity<Step>(Steps_);
        modelBuilder.Entity<Item>(Items_);
        modelBuilder.Entity<Output>(Outputs_);
        modelBuilder.Entity<Asset>(Assets_);
        modelBuilder.Entity<Collection>(Collections_);
        modelBuilder.Entity<CollectionAsset>(CollectionAssets_);
        modelBuilder.Entity<EventBatch>(Events_);
        modelBuilder.Entity<TenantFeed>(feed =>
        {
            feed.ToTable("tenant_feeds").HasKey(row => row.TenantId);
            feed.Property(row => row.TenantId).ValueGeneratedNever();
        });
        modelBuilder.Entity<DispatchQueue>(queue => queue.ToTable("dispatch_queues").HasKey(row => new { row.Lane, row.PipelineId }));
        modelBuilder.Entity<ModelDuration>().ToTable("model_durations").HasKey(row => new { row.Provider, row.Model, row.Variant });
        modelBuilder.Entity<LaneRate>().ToTable("lane_rates").HasKey(row => row.Lane);
        modelBuilder.Entity<LateResult>().ToTable("late_results").HasKey(row => new { row.ItemId, row.Attempt });
        modelBuilder.Entity<ReuseClaim>().ToTable("reuse_claims").HasKey(row => new { row.TenantId, row.ReuseKey });
        modelBuilder.Entity<IdempotencyRecord>(record =>
        {
            record.ToTable("idempotency").HasKey(row => new { row.TenantId, row.Route, row.Key });
            record.HasIndex(row => row.CreatedAt);
        });
        modelBuilder.AddOutbox();
        modelBuilder.Entity<PromptSettings>(settings =>
        {
            settings.ToTable("prompt_settings").HasKey(row => row.TenantId);
            settings.Property(row => row.TenantId).ValueGeneratedNever();
        });
        modelBuilder.Entity<Template>(Templates_);
        modelBuilder.Entity<Sheet>(sheet =>
        {
            // Every look-up carries the tenant.
            sheet.ToTable("sheets").HasKey(row => new { row.TenantId, row.Id });
            sheet.Property(row => row.Id).ValueGeneratedOnAdd();
            sheet.Property(row => row.Rows).HasColumnType("json");
            sheet.Property(row => row.Run).HasColumnType("jsonb").HasConversion(new Json<SheetRun?>());
            sheet.Ignore(row => row.Table);
        });
        SnakeCase.Apply(modelBuilder);
    }

    private static void Templates_(EntityTypeBuilder<Template> template)
    {
        template.ToTable("templates").HasKey(row => row.Id);
        // The ids below are the built-in ones.
        template.Property(row => row.Id).HasIdentityOptions(startValue: Template.FirstOwnId);
        template.HasIndex(row => new { row.TenantId, row.Id }).IsDescending(false, true);
        template.Property(row => row.Name).HasMaxLength(200);
        template.Property(row => row.Content).HasColumnType("jsonb").HasConversion(new Json<TemplateContent>(StepConfigJson.Options));
    }

    private static void Pipelines_(EntityTypeBuilder<Pipeline> pipeline)
    {
        pipeline.ToTable("pipelines").HasKey(row => row.Id);
        pipeline.HasIndex(row => row.CorrelationId).IsUnique();
        pipeline.HasIndex(row => new { row.TenantId, row.Id }).IsDescending(false, true);
        pipeline.HasIndex(row => row.TenantId).HasFilter("status in ('pending', 'running', 'paused')").HasDatabaseName("ix_pipelines_alive");
        pipeline.HasIndex(row => new { row.TenantId, row.RunGroupId, row.Id }).HasFilter("run_group_id is not null").HasDatabaseName("ix_pipelines_run_group");
        pipeline.Property(row => row.Name).HasMaxLength(200);
        pipeline.Property(row => row.Simulate).HasDefaultValue(false);
        pipeline.Property(row => row.Review).HasDefaultValue(ReviewFlow.Gathered);
        pipeline.Property(row => row.BudgetUsd).HasPrecision(18, 6);
        pipeline.Property(row => row.CostEstimate).HasPrecision(18, 6);
        pipeline.Property(row => row.CostActual).HasPrecision(18, 6);
    }

    private static void Inputs_(EntityTypeBuilder<InputPart> part)
    {
        part.ToTable("pipeline_inputs").HasKey(row => new { row.PipelineId, row.List, row.Part });
        part.HasOne<Pipeline>().WithMany().HasForeignKey(row => row.PipelineId).OnDelete(DeleteBehavior.Cascade);
        part.Property(row => row.Content).HasColumnType("jsonb");
    }

    private static void Steps_(EntityTypeBuilder<Step> step)
    {
        step.ToTable("pipeline_steps").HasKey(row => row.Id);
        step.HasIndex(row => new { row.PipelineId, row.StepOrder }).IsUnique();
        step.HasIndex(row => row.ProgressDue).HasFilter("progress_due");
        step.HasOne<Pipeline>().WithMany().HasForeignKey(row => row.PipelineId).OnDelete(DeleteBehavior.Cascade);
        step.Property(row => row.Config).HasColumnType("jsonb").HasConversion(new Json<StepConfig>(StepConfigJson.Options));
        step.Property(row => row.Resolved).HasColumnType("jsonb").HasConversion(new Json<Contracts.Generation.GenerationParameters?>());
        step.Property(row => row.Fallbacks).HasColumnType("jsonb").HasConversion(new Json<IReadOnlyList<StepFallback>?>());
        step.Property(row => row.UnitPrice).HasPrecision(18, 6);
        step.Property(row => row.CostEstimate).HasPrecision(18, 6);
        step.Property(row => row.CostActual).HasPrecision(18, 6);
    }

    private static void Items_(EntityTypeBuilder<Item> item)
    {
        item.ToTable("items").HasKey(row => row.Id);
        item.HasIndex(row => new { row.StepId, row.Ordinal, row.Id });
        item.HasIndex(row => new { row.PipelineId, row.Lane, row.Priority, row.Ordinal, row.Id }).HasFilter("open").HasDatabaseName("ix_items_open");
        // What a retry gave another model: it is sent apart while a provider is limited.
        item.HasIndex(row => new { row.PipelineId, row.Lane, row.Priority, row.Ordinal, row.Id }, "OpenOnOwnTerms").HasFilter("open and resolved is not null").HasDatabaseName("ix_items_open_own");
        item.HasIndex(row => new { row.StepId, row.Id }, "Failed").HasFilter("has_failed").HasDatabaseName("ix_items_failed");
        item.Property(row => row.Open).HasComputedColumnSql("status in ('queued', 'dispatched', 'running')", stored: true);
        item.Property(row => row.HasFailed).HasComputedColumnSql("status = 'failed'", stored: true);
        item.Property(row => row.Input).HasColumnType("jsonb").HasConversion(new Json<ItemInput>());
        item.Property(row => row.Resolved).HasColumnType("jsonb").HasConversion(new Json<Contracts.Generation.GenerationParameters?>());
        item.Property(row => row.Earlier).HasColumnType("jsonb").HasConversion(new Json<IReadOnlyList<EarlierTerms>?>());
        item.Property(row => row.Reused).HasDefaultValue(false);
        item.Property(row => row.QuotedCost).HasPrecision(18, 6);
        item.Property(row => row.ActualCost).HasPrecision(18, 6);
    }

    private static void Outputs_(EntityTypeBuilder<Output> output)
    {
        output.ToTable("outputs").HasKey(row => row.Id);
        output.HasIndex(row => new { row.StepId, row.Ordinal, row.Id });
        output.HasIndex(row => new { row.TenantId, row.ReuseKey }).HasFilter("reuse_key is not null").HasDatabaseName("ix_outputs_reusable");
        output.Property(row => row.Reused).HasDefaultValue(false);
        // Results are written without these, which are a person's.
        output.Property(row => row.Verdict).HasDefaultValue(Verdict.Unset);
        output.Property(row => row.ReviewVersion).HasDefaultValue(0);
        output.Property(row => row.Redone).HasDefaultValue(false);
        output.Property(row => row.Variation).HasColumnType("jsonb").HasConversion(new Json<IReadOnlyDictionary<string, string>?>());
        output.Property(row => row.Cost).HasPrecision(18, 6);
    }

    private static void Assets_(EntityTypeBuilder<Asset> asset)
    {
        // Every look-up carries the tenant; a tenant's newest are read from its end.
        asset.ToTable("assets").HasKey(row => new { row.TenantId, row.Id });
        asset.Property(row => row.Id).ValueGeneratedOnAdd();
        asset.HasIndex(row => new { row.TenantId, row.Sha256 }).IsUnique().HasFilter("source = 'uploaded'").HasDatabaseName("ix_assets_uploaded_once");
        asset.HasIndex(row => new { row.TenantId, row.ObjectKey });
        asset.HasIndex(row => new { row.TenantId, row.PosterKey }).HasFilter("poster_key is not null");
        asset.HasIndex(row => row.PipelineId);
        asset.HasIndex(row => new { row.TenantId, row.Id }, "Trash").HasFilter("deleted_at is not null").HasDatabaseName("ix_assets_trash");
        // Marks are few, and none of these costs what makes assets anything.
        asset.HasIndex(row => new { row.TenantId, row.Rating }).HasFilter("rating is not null").HasDatabaseName("ix_assets_rated");
        asset.HasIndex(row => new { row.TenantId, row.Id }, "Starred").HasFilter("starred").HasDatabaseName("ix_assets_starred");
        asset.HasIndex(row => row.Tags).HasMethod("gin").HasFilter("cardinality(tags) > 0").HasDatabaseName("ix_assets_tags");
        asset.Property(row => row.DurationSec).HasPrecision(10, 3);
        asset.Property(row => row.Cost).HasPrecision(18, 6);
        asset.Property(row => row.Starred).HasDefaultValue(false);
        asset.Property(row => row.Tags).HasDefaultValueSql("'{}'");
    }

    private static void Collections_(EntityTypeBuilder<Collection> collection)
    {
        collection.ToTable("collections").HasKey(row => row.Id);
        collection.Property(row => row.Name).HasMaxLength(200);
        collection.HasIndex(row => row.TenantId);
    }

    private static void CollectionAssets_(EntityTypeBuilder<CollectionAsset> entry)
    {
        entry.ToTable("collection_assets").HasKey(row => new { row.CollectionId, row.AssetId });
        entry.HasIndex(row => new { row.TenantId, row.AssetId });
        entry.HasOne<Collection>().WithMany().HasForeignKey(row => row.CollectionId).OnDelete(DeleteBehavior.Cascade);
    }

    private static void Events_(EntityTypeBuilder<EventBatch> batch)
    {
        batch.ToTable("event_batches").HasKey(row => new { row.PipelineId, row.LastNumber });
        batch.HasIndex(row => new { row.TenantId, row.LastTenantNumber }).IsUnique();
        // Read as it was written: as jsonb it would be taken apart and put together again.
        batch.Property(row => row.Events).HasColumnType("json");
    }

    private sealed class Json<T>(JsonSerializerOptions options) : ValueConverter<T, string>(
        value => JsonSerializer.Serialize(value, options),
        text => JsonSerializer.Deserialize<T>(text, options)!)
    {
        public Json()
            : this(PipelineJson.Options)
        {
        }
    }
}
