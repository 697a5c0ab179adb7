using Gateway.Accounts;
using Microsoft.EntityFrameworkCore;
using ServiceDefaults.Storage;

namespace Gateway.Storage;

/// <summary>Schema <c>gateway</c>: workspaces and who may enter them.</summary>
public sealed class GatewayDbContext(DbContextOptions<GatewayDbContext> options) : DbContext(options)
{
    public const string Schema = "gateway";

    public DbSet<Workspace> Workspaces => Set<Workspace>();

    public DbSet<User> Users => Set<User>();

    public DbSet<Session> Sessions => Set<Session>();

    public DbSet<ApiKey> ApiKeys => Set<ApiKey>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.HasDefaultSchema(Schema);
        modelBuilder.Entity<Workspace>(workspace =>
        {
            workspace.ToTable("workspaces").HasKey(row => row.Id);
            workspace.HasIndex(row => row.Slug).IsUnique();
            workspace.Property(row => row.Slug).HasMaxLength(60);
            workspace.Property(row => row.Name).HasMaxLength(100);
        });
        modelBuilder.Entity<User>(user =>
        {
            user.ToTable("users").HasKey(row => row.Id);
            user.HasIndex(row => new { row.TenantId, row.Id });
            user.Property(row => row.Name).HasMaxLength(100);
            user.HasOne<Workspace>().WithMany().HasForeignKey(row => row.TenantId).OnDelete(DeleteBehavior.Cascade);
        });
        modelBuilder.Entity<Session>(session =>
        {
            session.ToTable("sessions").HasKey(row => row.Id);
            session.HasIndex(row => row.TokenHash).IsUnique();
            session.HasIndex(row => new { row.TenantId, row.ExpiresAt });
            session.HasOne<Workspace>().WithMany().HasForeignKey(row => row.TenantId).OnDelete(DeleteBehavior.Cascade);
            session.HasOne<User>().WithMany().HasForeignKey(row => row.UserId).OnDelete(DeleteBehavior.Cascade);
            session.HasOne<ApiKey>().WithMany().HasForeignKey(row => row.ApiKeyId).OnDelete(DeleteBehavior.Cascade);
        });
        modelBuilder.Entity<ApiKey>(key =>
        {
            key.ToTable("api_keys").HasKey(row => row.Id);
            key.HasIndex(row => row.Hash).IsUnique();
            key.HasIndex(row => new { row.TenantId, row.Id }).IsDescending(false, true);
            key.Property(row => row.Name).HasMaxLength(100);
            key.Property(row => row.Prefix).HasMaxLength(16);
            key.HasOne<Workspace>().WithMany().HasForeignKey(row => row.TenantId).OnDelete(DeleteBehavior.Cascade);
        });
        SnakeCase.Apply(modelBuilder);
    }
}
