using Microsoft.EntityFrameworkCore;
using PipelineService.Storage;

namespace PipelineService.Pipelines;

/// <summary>Reads and writes the lists of pipelines.</summary>
internal static class InputStore
{
    public static async Task<PipelineInputs> WholeAsync(PipelineDbContext db, long tenantId, long pipelineId, CancellationToken cancellationToken) =>
        PipelineInputs.Of(await Parts(db, tenantId, pipelineId).ToListAsync(cancellationToken));

    /// <summary>The first part of each list: as much to read for a large pipeline as for a small one.</summary>
    public static async Task<PipelineInputs> FirstAsync(PipelineDbContext db, long tenantId, long pipelineId, CancellationToken cancellationToken) =>
        PipelineInputs.Of(await Parts(db, tenantId, pipelineId).Where(part => part.Part == 0).ToListAsync(cancellationToken));

    /// <summary>Puts these lists in the place of those that are there, on the open transaction.</summary>
    public static async Task ReplaceAsync(PipelineDbContext db, Pipeline pipeline, PipelineInputs inputs, CancellationToken cancellationToken)
    {
        await Parts(db, pipeline.TenantId, pipeline.Id).ExecuteDeleteAsync(cancellationToken);
        await AddAsync(db, pipeline, inputs, cancellationToken);
    }

    /// <summary>Writes the lists of a new pipeline in one statement.</summary>
    public static async Task AddAsync(PipelineDbContext db, Pipeline pipeline, PipelineInputs inputs, CancellationToken cancellationToken)
    {
        (pipeline.InputImages, pipeline.InputPrompts) = (inputs.Images.Count, inputs.Prompts.Count);
        var parts = inputs.Parts(pipeline.TenantId, pipeline.Id).ToList();
        var (lists, places, contents) = (parts.Select(part => part.List).ToArray(), parts.Select(part => part.Part).ToArray(), parts.Select(part => part.Content).ToArray());
        await db.Database.ExecuteSqlAsync(
            $"""
            insert into pipeline.pipeline_inputs (pipeline_id, tenant_id, list, part, content)
            select {pipeline.Id}, {pipeline.TenantId}, list, part, content::jsonb from unnest({lists}, {places}, {contents}) as parts (list, part, content)
            """,
            cancellationToken);
    }

    private static IQueryable<InputPart> Parts(PipelineDbContext db, long tenantId, long pipelineId) =>
        db.Inputs.AsNoTracking().Where(part => part.PipelineId == pipelineId && part.TenantId == tenantId);
}
