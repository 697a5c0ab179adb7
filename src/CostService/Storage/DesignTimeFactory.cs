using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using ServiceDefaults.Storage;

namespace CostService.Storage;

/// <summary>For <c>./run migration</c>; never connects.</summary>
internal sealed class DesignTimeFactory : IDesignTimeDbContextFactory<CostDbContext>
{
    public CostDbContext CreateDbContext(string[] args) =>
        new(new DatabaseAddress("Host=localhost;Database=design", CostDbContext.Schema, 1).OwnerOptions<CostDbContext>());
}
