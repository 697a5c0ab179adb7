using System.Text.Json;
using Contracts.Generation;
using Npgsql;
using NpgsqlTypes;
using PipelineService.Assets;
using PipelineService.Pipelines;
using PipelineService.Progress;
using ServiceDefaults;

namespace PipelineService.Orchestration;

/// <summary>Makes the outputs of a batch and their assets, two statements for all of them, and adds their events.</summary>
internal static class OutputWriter
{
    /// <summary>Fills <see cref="Delivered.Outputs"/> and returns what is to be executed.</summary>
    public static IReadOnlyList<NpgsqlBatchCommand> Make(LedgerTransaction ledger, LockedBatch locked, List<Delivered> delivered)
    {
        var assets = new List<Asset>(locked.AssetIds.Count);
        var outputs = new List<Output>(locked.OutputIds.Count);
        foreach (var entry in delivered)
        {
            for (var index = 0; index < entry.Result.Outputs.Count; index++)
            {
                var produced = entry.Result.Outputs[index];
                var outputId = entry.Late ? (long?)null : locked.OutputIds[outputs.Count];
                long? assetId = produced.Media is null ? null : locked.AssetIds[assets.Count];
                if (produced.Media is { } file)
                {
                    assets.Add(AssetOf(entry, file, locked.AssetIds[assets.Count], outputId, ledger.Now));
                }

                if (outputId is { } id)
                {
                    var output = OutputOf(entry, produced, id, index, assetId, ledger.Now);
                    entry.Outputs.Add(output);
                    outputs.Add(output);
                    ledger.Add(ProgressEvents.OutputReady(output.TenantId, output.PipelineId, output.StepId, output.Id, output.Type, output.AssetId));
                }
            }
        }

        var statements = new List<NpgsqlBatchCommand>(2);
        if (assets.Count > 0)
        {
            statements.Add(Insert(assets, ledger.Now));
        }

        if (outputs.Count > 0)
        {
            statements.Add(Insert(outputs, ledger.Now));
        }

        return statements;
    }

    private static Asset AssetOf(Delivered entry, MediaRef file, long id, long? outputId, DateTimeOffset now) => new()
    {
        Id = id,
        TenantId = entry.Run.Pipeline.TenantId,
        Type = file.DurationSec is null ? "image" : "video",
        Source = "generated",
        Name = FileName(entry, file),
        ContentType = file.ContentType,
        Width = file.Width,
        Height = file.Height,
        DurationSec = file.DurationSec,
        Bytes = file.Bytes,
        Sha256 = file.Sha256,
        ObjectKey = file.ObjectKey,
        PosterKey = file.PosterKey,
        PipelineId = entry.Run.Pipeline.Id,
        OutputId = outputId,
        Model = entry.Item.Model(entry.Step),
        Prompt = entry.Item.Input.Prompt,
        Simulated = entry.Result.Simulated,
        Cost = CostOf(entry),
        CreatedAt = now,
    };

    private static decimal CostOf(Delivered entry) => entry.Cost / Math.Max(1, entry.Result.Outputs.Count);

    private static Output OutputOf(Delivered entry, ProducedOutput produced, long id, int index, long? assetId, DateTimeOffset now) => new()
    {
        Id = id,
        TenantId = entry.Run.Pipeline.TenantId,
        PipelineId = entry.Run.Pipeline.Id,
        StepId = entry.Step.Id,
        ItemId = entry.Item.Id,
        Ordinal = (entry.Item.Ordinal * entry.Item.Units) + index,
        ParentOutputId = entry.Item.ParentOutputId,
        Type = produced.Media is null ? "prompt" : produced.Media.DurationSec is null ? "image" : "video",
        Text = produced.Text,
        AssetId = assetId,
        ImageIndex = entry.Item.Input.ImageIndex,
        PromptIndex = entry.Item.Input.PromptIndex,
        Model = entry.Item.Model(entry.Step),
        Prompt = entry.Item.Input.Prompt,
        Variation = entry.Item.Input.Variation,
        Seed = produced.Seed ?? entry.Item.Input.Seed,
        Cost = CostOf(entry),
        Advanced = entry.Advances || !entry.Item.Cascade,
        Provider = produced.By ?? entry.Result.Provider,
        Simulated = entry.Result.Simulated,
        Reused = entry.Result.Cached,
        ReuseKey = entry.Result.Cached ? null : entry.Item.ReuseKey,
        CreatedAt = now,
    };

    private static string FileName(Delivered entry, MediaRef file)
    {
        var extension = file.ObjectKey[(file.ObjectKey.LastIndexOf('.') + 1)..];
        var number = entry.Item.Ordinal + 1;
        return $"{(file.DurationSec is null ? "image" : "video")}-{entry.Run.Pipeline.Id}-{number:000}.{extension}";
    }

    private static NpgsqlBatchCommand Insert(List<Asset> rows, DateTimeOffset now) => LedgerTransaction.Statement(
            """
            insert into pipeline.assets (id, tenant_id, type, source, name, content_type, width, height, duration_sec, bytes, sha256, object_key, poster_key,
                pipeline_id, output_id, model, prompt, simulated, cost, created_at)
            select *, $20::timestamptz from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)
            """,
            ItemUpdate.Column(rows, row => row.Id, NpgsqlDbType.Bigint),
            ItemUpdate.Column(rows, row => row.TenantId, NpgsqlDbType.Bigint),
            ItemUpdate.Column(rows, row => row.Type, NpgsqlDbType.Text),
            ItemUpdate.Column(rows, row => row.Source, NpgsqlDbType.Text),
            ItemUpdate.Column(rows, row => row.Name, NpgsqlDbType.Text),
            ItemUpdate.Column(rows, row => row.ContentType, NpgsqlDbType.Text),
            ItemUpdate.Column(rows, row => row.Width, NpgsqlDbType.Integer),
            ItemUpdate.Column(rows, row => row.Height, NpgsqlDbType.Integer),
            ItemUpdate.Column(rows, row => row.DurationSec, NpgsqlDbType.Numeric),
            ItemUpdate.Column(rows, row => row.Bytes, NpgsqlDbType.Bigint),
            ItemUpdate.Column(rows, row => row.Sha256, NpgsqlDbType.Text),
            ItemUpdate.Column(rows, row => row.ObjectKey, NpgsqlDbType.Text),
            ItemUpdate.Column(rows, row => row.PosterKey, NpgsqlDbType.Text),
            ItemUpdate.Column(rows, row => row.PipelineId, NpgsqlDbType.Bigint),
            ItemUpdate.Column(rows, row => row.OutputId, NpgsqlDbType.Bigint),
            ItemUpdate.Column(rows, row => row.Model, NpgsqlDbType.Text),
            ItemUpdate.Column(rows, row => row.Prompt, NpgsqlDbType.Text),
            ItemUpdate.Column(rows, row => row.Simulated, NpgsqlDbType.Boolean),
            ItemUpdate.Column(rows, row => row.Cost, NpgsqlDbType.Numeric),
            now);

    private static NpgsqlBatchCommand Insert(List<Output> rows, DateTimeOffset now) => LedgerTransaction.Statement(
            """
            insert into pipeline.outputs (id, tenant_id, pipeline_id, step_id, item_id, ordinal, parent_output_id, type, text, asset_id, image_index, prompt_index,
                model, prompt, variation, seed, cost, provider, simulated, advanced, reuse_key, reused, selected, created_at)
            select *, true, $23::timestamptz
            from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22)
            """,
            ItemUpdate.Column(rows, row => row.Id, NpgsqlDbType.Bigint),
            ItemUpdate.Column(rows, row => row.TenantId, NpgsqlDbType.Bigint),
            ItemUpdate.Column(rows, row => row.PipelineId, NpgsqlDbType.Bigint),
            ItemUpdate.Column(rows, row => row.StepId, NpgsqlDbType.Bigint),
            ItemUpdate.Column(rows, row => row.ItemId, NpgsqlDbType.Bigint),
            ItemUpdate.Column(rows, row => row.Ordinal, NpgsqlDbType.Bigint),
            ItemUpdate.Column(rows, row => row.ParentOutputId, NpgsqlDbType.Bigint),
            ItemUpdate.Column(rows, row => row.Type, NpgsqlDbType.Text),
            ItemUpdate.Column(rows, row => row.Text, NpgsqlDbType.Text),
            ItemUpdate.Column(rows, row => row.AssetId, NpgsqlDbType.Bigint),
            ItemUpdate.Column(rows, row => row.ImageIndex, NpgsqlDbType.Integer),
            ItemUpdate.Column(rows, row => row.PromptIndex, NpgsqlDbType.Integer),
            ItemUpdate.Column(rows, row => row.Model, NpgsqlDbType.Text),
            ItemUpdate.Column(rows, row => row.Prompt, NpgsqlDbType.Text),
            ItemUpdate.Column(rows, row => row.Variation is null ? null : JsonSerializer.Serialize(row.Variation, PipelineJson.Options), NpgsqlDbType.Jsonb),
            ItemUpdate.Column(rows, row => row.Seed, NpgsqlDbType.Bigint),
            ItemUpdate.Column(rows, row => row.Cost, NpgsqlDbType.Numeric),
            ItemUpdate.Column(rows, row => row.Provider, NpgsqlDbType.Text),
            ItemUpdate.Column(rows, row => row.Simulated, NpgsqlDbType.Boolean),
            ItemUpdate.Column(rows, row => row.Advanced, NpgsqlDbType.Boolean),
            ItemUpdate.Column(rows, row => row.ReuseKey, NpgsqlDbType.Bytea),
            ItemUpdate.Column(rows, row => row.Reused, NpgsqlDbType.Boolean),
            now);
}
