using Microsoft.EntityFrameworkCore;
using PipelineService.Storage;

namespace PipelineService.Assets;

/// <summary>
/// Keeps the row that is about to name an object apart from the deletion of that object: both hold the object's lock, until their transaction ends.
/// </summary>
internal static class ObjectLocks
{
    public static Task TakeAsync(PipelineDbContext db, string[] keys, CancellationToken cancellationToken) =>
        // in one order, so that two calls with the same files never wait for each other
        db.Database.ExecuteSqlAsync(
            $"select pg_advisory_xact_lock(hash) from (select distinct hashtextextended(key, 0) as hash from unnest({keys}) as key order by hash) as ordered",
            cancellationToken);
}
