using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PipelineService.Storage;

namespace PipelineService.Sheets;

/// <summary>Sheets of a tenant.</summary>
internal sealed class SheetStore(PipelineDbContext db, TimeProvider time)
{
    public async Task<Sheet> AddAsync(long tenantId, string name, SheetTable table, CancellationToken cancellationToken)
    {
        var sheet = new Sheet
        {
            TenantId = tenantId,
            Name = name,
            Format = table.Format,
            Encoding = table.Encoding,
            Delimiter = table.Delimiter,
            Columns = [.. table.Columns],
            Notes = [.. table.Notes],
            Rows = Sheet.Text(table.Rows),
            CreatedAt = time.GetStoredNow(),
        };
        db.Add(sheet);
        await db.SaveChangesAsync(cancellationToken);
        return sheet;
    }

    public async Task<SheetPage> ListAsync(long tenantId, SheetQuery query, CancellationToken cancellationToken)
    {
        var rows = await query.Apply(db.Sheets.AsNoTracking(), tenantId)
            .Select(sheet => new { sheet.Id, sheet.Name, sheet.Format, sheet.RunGroupId, sheet.Run, sheet.CreatedAt }).ToListAsync(cancellationToken);
        return new SheetPage(
            [.. rows.Take(query.PageSize).Select(row => new SheetSummary(row.Id, row.Name, row.Format, row.RunGroupId, row.Run?.Simulated ?? false, row.CreatedAt))],
            rows.Count > query.PageSize ? rows[query.PageSize - 1].Id.ToString(CultureInfo.InvariantCulture) : null);
    }

    public Task<Sheet?> FindAsync(long tenantId, long id, CancellationToken cancellationToken) =>
        db.Sheets.AsNoTracking().SingleOrDefaultAsync(sheet => sheet.TenantId == tenantId && sheet.Id == id, cancellationToken);
}
