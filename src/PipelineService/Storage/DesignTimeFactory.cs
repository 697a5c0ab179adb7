using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using ServiceDefaults.Storage;

namespace PipelineService.Storage;

/// <summary>For <c>./run migration</c>; never connects.</summary>
internal sealed class DesignTimeFactory : IDesignTimeDbContextFactory<PipelineDbContext>
{
    public PipelineDbContext CreateDbContext(string[] args) =>
        new(new DatabaseAddress("Host=localhost;Database=design", PipelineDbContext.Schema, 1).OwnerOptions<PipelineDbContext>());
}
