using Microsoft.EntityFrameworkCore;
using PipelineService.Storage;

namespace PipelineService.Library;

/// <summary>Media that took an asset as their photo, and media that took those in the same run.</summary>
internal static class MadeFrom
{
    /// <summary>An output, and the file it is.</summary>
    internal sealed record Made(long OutputId, long? AssetId);

    /// <summary>
    /// Runs that list the asset, and the one that made it, as it goes on within that. Outputs lead to their items by key: whatever the database expects of a run's
    /// size, that is never worse than reading the run once.
    /// </summary>
    public static IQueryable<Made> Outputs(PipelineDbContext db, long tenantId, long assetId) => db.Database.SqlQuery<Made>(
        $"""
        with runs as (
            select p.id from pipeline.pipelines p
            where p.tenant_id = {tenantId} and exists (
                select 1 from pipeline.pipeline_inputs i
                where i.pipeline_id = p.id and i.list = 'images' and i.content @> jsonb_build_array(jsonb_build_object('asset_id', {assetId})))
            union
            select a.pipeline_id from pipeline.assets a where a.tenant_id = {tenantId} and a.id = {assetId} and a.pipeline_id is not null),
        media as (
            select o.id, o.asset_id, i.source_asset_id
            from runs r
            join pipeline.pipeline_steps s on s.pipeline_id = r.id and s.tenant_id = {tenantId} and s.step_type <> 'prompt_enhance'
            join pipeline.outputs o on o.step_id = s.id
            join pipeline.items i on i.id = o.item_id
            where i.source_asset_id is not null),
        first as (select id, asset_id from media where source_asset_id = {assetId})
        select id as "OutputId", asset_id as "AssetId" from first
        union
        select m.id, m.asset_id from media m where m.source_asset_id in (select f.asset_id from first f)
        """);
}
