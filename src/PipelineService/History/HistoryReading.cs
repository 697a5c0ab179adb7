using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using PipelineService.Pipelines;
using PipelineService.Sheets;
using PipelineService.Storage;
using ServiceDefaults.Storage;

namespace PipelineService.History;

/// <summary>Counts pipelines for filters, and writes them out as a sheet.</summary>
internal sealed class HistoryReading(PipelineDbContext db)
{
    private const int MostTags = 50;
    private const int RowsAtOnce = 200;

    private static readonly string[] Columns =
    [
        "id", "name", "status", "mode", "created_at", "started_at", "finished_at", "duration_sec", "outputs_expected", "outputs_made", "outputs_failed", "success_rate",
        "cost_estimate", "cost_actual", "currency", "tags", "run_group_id",
    ];

    public async Task<PipelineFacets> FacetsAsync(long tenantId, PipelineQuery query, CancellationToken cancellationToken)
    {
        var statuses = await (query with { Status = null, StatusReason = null }).Filter(db.Pipelines, tenantId)
            .GroupBy(row => row.Status).Select(group => new { group.Key, Count = group.Count() }).ToListAsync(cancellationToken);
        var tags = await (query with { Tag = null }).Filter(db.Pipelines, tenantId)
            .SelectMany(row => row.Tags).GroupBy(tag => tag).Select(group => new { group.Key, Count = group.Count() })
            .OrderByDescending(group => group.Count).ThenBy(group => group.Key).Take(MostTags).ToListAsync(cancellationToken);
        var waiting = await (query with { Status = null, StatusReason = null }).Filter(db.Pipelines, tenantId)
            .CountAsync(row => row.Status == PipelineStatus.Paused && row.StatusReason == StatusReason.Review, cancellationToken);
        return new PipelineFacets(
            await query.Filter(db.Pipelines, tenantId).CountAsync(cancellationToken),
            [.. statuses.OrderBy(status => status.Key).Select(status => new FacetView(status.Key.Word(), status.Count))],
            [.. tags.Select(tag => new FacetView(tag.Key, tag.Count))],
            waiting);
    }

    /// <summary>Writes all that the query finds, newest first, as it is read.</summary>
    public async Task WriteCsvAsync(long tenantId, PipelineQuery query, Stream output, CancellationToken cancellationToken)
    {
        await using var writer = new StreamWriter(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true);
        await writer.WriteAsync(CsvText.Line(Columns));
        var written = 0;
        await foreach (var row in Rows(tenantId, query).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            await writer.WriteAsync(CsvText.Line(Cells(row)));
            if (++written % RowsAtOnce == 0)
            {
                await writer.FlushAsync(cancellationToken);
            }
        }
    }

    private IQueryable<Row> Rows(long tenantId, PipelineQuery query) => query.Filter(db.Pipelines.AsNoTracking(), tenantId)
        .OrderByDescending(pipeline => pipeline.Id)
        .Select(pipeline => new Row(
            pipeline,
            db.Steps.Where(step => step.PipelineId == pipeline.Id && step.TenantId == tenantId).Sum(step => step.Total),
            db.Steps.Where(step => step.PipelineId == pipeline.Id && step.TenantId == tenantId).Sum(step => step.Succeeded),
            db.Steps.Where(step => step.PipelineId == pipeline.Id && step.TenantId == tenantId).Sum(step => step.Failed)));

    private static IEnumerable<string?> Cells(Row row)
    {
        var run = row.Pipeline;
        return
        [
            Text(run.Id), run.Name, run.Status.Word(), run.Mode.Word(), Time(run.CreatedAt), Time(run.StartedAt), Time(run.FinishedAt), Text(RunFigures.Seconds(run.StartedAt, run.FinishedAt)),
            Text(row.Total), Text(row.Succeeded), Text(row.Failed), Text(RunFigures.SuccessRate(row.Succeeded, row.Failed)), Text(Money.Plain(run.CostEstimate)), Text(Money.Plain(run.CostActual)),
            Money.Currency, string.Join(", ", run.Tags), run.RunGroupId?.ToString(),
        ];
    }

    private static string? Text(IFormattable? value) => value?.ToString(null, CultureInfo.InvariantCulture);

    private static string? Time(DateTimeOffset? at) => at?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private sealed record Row(Pipeline Pipeline, int Total, int Succeeded, int Failed);
}
