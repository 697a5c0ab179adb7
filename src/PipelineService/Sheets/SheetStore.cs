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

    public Task<Sheet?> FindAsync(long tenantId, long id, CancellationToken cancellationToken) =>
        db.Sheets.AsNoTracking().SingleOrDefaultAsync(sheet => sheet.TenantId == tenantId && sheet.Id == id, cancellationToken);
}
