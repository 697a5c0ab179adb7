using Microsoft.EntityFrameworkCore.Design;
using ServiceDefaults.Storage;

namespace Gateway.Storage;

/// <summary>For <c>./run migration</c>; never connects.</summary>
internal sealed class DesignTimeFactory : IDesignTimeDbContextFactory<GatewayDbContext>
{
    public GatewayDbContext CreateDbContext(string[] args) =>
        new(new DatabaseAddress("Host=localhost;Database=design", GatewayDbContext.Schema, 1).OwnerOptions<GatewayDbContext>());
}
