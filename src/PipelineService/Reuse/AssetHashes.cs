using Microsoft.EntityFrameworkCore;
using PipelineService.Storage;

namespace PipelineService.Reuse;

/// <summary>Content hashes of a tenant's assets.</summary>
internal static class AssetHashes
{
    /// <summary>By id, in one query; what is gone is absent.</summary>
    public static async Task<IReadOnlyDictionary<long, string>> OfAsync(PipelineDbContext db, long tenantId, IEnumerable<long> ids, CancellationToken cancellationToken)
    {
        var asked = ids.Distinct().ToArray();
        return asked.Length == 0
            ? new Dictionary<long, string>()
            : await db.Assets.Where(asset => asset.TenantId == tenantId && asked.Contains(asset.Id))
                .Select(asset => new { asset.Id, asset.Sha256 })
                .ToDictionaryAsync(asset => asset.Id, asset => asset.Sha256, cancellationToken);
    }
}
