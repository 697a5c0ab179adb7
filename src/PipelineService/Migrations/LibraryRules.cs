using Microsoft.EntityFrameworkCore.Migrations;

namespace PipelineService.Migrations;

/// <summary>What the library's tables hold to that the model of EF Core cannot say.</summary>
internal static class LibraryRules
{
    public static void Set(MigrationBuilder migration)
    {
        migration.Sql("create unique index ix_collections_name on pipeline.collections (tenant_id, lower(name))");

        // An output and its file have one rating, whoever gives it and by which call. Only a rating that changes costs anything.
        migration.Sql(
            """
            create function pipeline.rate_asset() returns trigger language plpgsql as $body$
            begin
                update pipeline.assets set rating = new.rating where tenant_id = new.tenant_id and id = new.asset_id and rating is distinct from new.rating;
                return null;
            end $body$;
            create trigger outputs_rate_asset after update of rating on pipeline.outputs
                for each row when (old.rating is distinct from new.rating and new.asset_id is not null) execute function pipeline.rate_asset();
            """);
        migration.Sql(
            """
            update pipeline.assets a set cost = o.cost, rating = o.rating from pipeline.outputs o where o.tenant_id = a.tenant_id and o.id = a.output_id
            """);

        // Words are found with it at once, and without it by reading a tenant's assets.
        migration.Sql(
            """
            do $body$
            declare place text;
            begin
                begin
                    create extension if not exists pg_trgm;
                exception when others then
                    raise notice 'pg_trgm is not there: words are looked for without an index (%)', sqlerrm;
                end;
                select n.nspname into place from pg_extension e join pg_namespace n on n.oid = e.extnamespace where e.extname = 'pg_trgm';
                if place is not null then
                    execute format('create index ix_assets_words on pipeline.assets using gin (name %1$I.gin_trgm_ops, prompt %1$I.gin_trgm_ops)', place);
                end if;
            end $body$;
            """);
    }

    public static void Unset(MigrationBuilder migration)
    {
        migration.Sql("drop index if exists pipeline.ix_assets_words");
        migration.Sql("drop trigger if exists outputs_rate_asset on pipeline.outputs; drop function if exists pipeline.rate_asset()");
    }
}
