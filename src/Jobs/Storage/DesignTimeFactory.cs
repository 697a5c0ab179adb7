using Microsoft.EntityFrameworkCore.Design;
using ServiceDefaults.Storage;

namespace Jobs.Storage;

/// <summary>For <c>./run migration</c>; never connects.</summary>
internal sealed class DesignTimeFactory : IDesignTimeDbContextFactory<WorkerDbContext>
{
    public WorkerDbContext CreateDbContext(string[] args) =>
        new(new DatabaseAddress("Host=localhost;Database=design", WorkerDbContext.Schema, 1).OwnerOptions<WorkerDbContext>());
}
