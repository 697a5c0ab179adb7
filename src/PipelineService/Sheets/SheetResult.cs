using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PipelineService.Pipelines;
using PipelineService.Storage;
using ServiceDefaults.Storage;

namespace PipelineService.Sheets;

/// <summary>What became of a row.</summary>
/// <param name="Open">Items that are not at an end.</param>
internal sealed record RowWork(long PipelineId, int Place, int Open, int Succeeded, int Failed, int Cancelled, decimal Cost, string? Error);

/// <summary>A file that was made of a row.</summary>
internal sealed record RowOutput(long PipelineId, int Place, string Type, long AssetId);

/// <summary>The sheet as it was given, with what its rows have become.</summary>
internal sealed class SheetResult(PipelineDbContext db)
{
    private static readonly string[] Added = ["status", "image_urls", "video_urls", "cost_usd", "error", "pipeline_id"];

    /// <summary>Header and rows, each as long as the other.</summary>
    /// <param name="origin">What paths of files begin with, for example <c>https://studio.example</c>; empty for paths alone.</param>
    public async Task<IReadOnlyList<IReadOnlyList<string?>>> RowsAsync(long tenantId, Sheet sheet, SheetRun run, string origin, CancellationToken cancellationToken)
    {
        var ids = run.Parts.Select(part => part.PipelineId).ToArray();
        var states = await db.Pipelines.AsNoTracking().Where(row => row.TenantId == tenantId && ids.Contains(row.Id)).ToDictionaryAsync(row => row.Id, row => row.Status, cancellationToken);
        var steps = await db.Steps.AsNoTracking().Where(row => row.TenantId == tenantId && ids.Contains(row.PipelineId)).Select(row => row.Id).ToArrayAsync(cancellationToken);
        var work = (await db.Database.SqlQuery<RowWork>(
            $"""
            select pipeline_id as "PipelineId", coalesce((input ->> 'image_index')::int, 0) as "Place", (count(*) filter (where open))::int as "Open",
                (count(*) filter (where status = 'succeeded'))::int as "Succeeded", (count(*) filter (where has_failed))::int as "Failed",
                (count(*) filter (where status = 'cancelled'))::int as "Cancelled", sum(actual_cost) as "Cost", min(error_message) filter (where has_failed) as "Error"
            from pipeline.items where tenant_id = {tenantId} and step_id = any({steps}) group by 1, 2
            """).ToListAsync(cancellationToken)).ToDictionary(row => (row.PipelineId, row.Place));
        var outputs = (await db.Database.SqlQuery<RowOutput>(
            $"""
            select pipeline_id as "PipelineId", coalesce(image_index, 0) as "Place", type as "Type", asset_id as "AssetId" from pipeline.outputs
            where tenant_id = {tenantId} and step_id = any({steps}) and asset_id is not null order by pipeline_id, ordinal, id
            """).ToListAsync(cancellationToken)).ToLookup(row => (row.PipelineId, row.Place));
        var places = run.Parts.SelectMany(part => part.Rows.Select((row, place) => (row, Key: (part.PipelineId, place)))).ToDictionary(pair => pair.row, pair => pair.Key);

        var table = sheet.Table;
        var rows = new List<IReadOnlyList<string?>> { Header(table.Columns) };
        foreach (var row in table.Rows)
        {
            rows.Add([.. row.Cells, .. places.TryGetValue(row.Number, out var key)
                ? Of(key.PipelineId, states, work.GetValueOrDefault(key), [.. outputs[key]], origin)
                : ["left_out", null, null, null, run.LeftOut.GetValueOrDefault(row.Number), null]]);
        }

        return rows;
    }

    /// <summary>Columns of ours keep their names; a column of the sheet that is called the same keeps its own, too.</summary>
    private static string[] Header(IReadOnlyList<string> columns) =>
        [.. columns, .. Added.Select(name => columns.Contains(name, StringComparer.OrdinalIgnoreCase) ? "result_" + name : name)];

    private static string?[] Of(long pipelineId, Dictionary<long, PipelineStatus> states, RowWork? work, RowOutput[] outputs, string origin) =>
    [
        States(states.TryGetValue(pipelineId, out var state) ? state : null, work, outputs.Length),
        Urls(outputs, "image", origin),
        Urls(outputs, "video", origin),
        work is null ? null : Money.Plain(work.Cost).ToString(CultureInfo.InvariantCulture),
        work?.Error,
        pipelineId.ToString(CultureInfo.InvariantCulture),
    ];

    private static string? Urls(RowOutput[] outputs, string type, string origin) =>
        outputs.Where(output => output.Type == type).Select(output => $"{origin}/assets/{output.AssetId}/content").ToList() is { Count: > 0 } urls ? string.Join(' ', urls) : null;

    /// <param name="pipeline">Null when it was deleted.</param>
    internal static string States(PipelineStatus? pipeline, RowWork? work, int outputs) => pipeline switch
    {
        null => "deleted",
        PipelineStatus.Pending => "waiting",
        _ when work is { Open: > 0 } => pipeline == PipelineStatus.Paused ? "paused" : "running",
        _ when work is { Failed: > 0 } => outputs > 0 ? "partly_failed" : "failed",
        PipelineStatus.Cancelled => outputs > 0 ? "partly_done" : "cancelled",
        PipelineStatus.Paused => "paused",
        PipelineStatus.Running => work is null ? "waiting" : "running",
        PipelineStatus.Failed when outputs == 0 => "failed",
        _ => "done",
    };
}
