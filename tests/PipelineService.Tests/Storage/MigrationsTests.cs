using Microsoft.EntityFrameworkCore;
using PipelineService.Storage;

namespace PipelineService.Tests.Storage;

public sealed class MigrationsTests
{
    [Fact]
    public void The_migrations_lead_to_what_the_code_reads_and_writes()
    {
        using var db = new DesignTimeFactory().CreateDbContext([]);

        Assert.False(db.Database.HasPendingModelChanges(), "Add a migration: './run migration PipelineService NAME'.");
    }
}
