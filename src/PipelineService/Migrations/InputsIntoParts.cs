using Microsoft.EntityFrameworkCore.Migrations;

namespace PipelineService.Migrations;

/// <summary>Moves what pipelines that are there take in, from their rows into parts of lists. Runs before the columns it reads from go.</summary>
internal static class InputsIntoParts
{
    public static void Move(MigrationBuilder migration)
    {
        migration.Sql(
            """
            update pipeline.pipelines set
                combine = coalesce(inputs ->> 'combine', 'all'),
                input_images = jsonb_array_length(inputs -> 'images'),
                input_prompts = jsonb_array_length(inputs -> 'prompts')
            """);
        migration.Sql(Parts("pipeline.pipelines p", "p.id", "p.tenant_id", "'images'", "p.inputs -> 'images'"));
        migration.Sql(Parts("pipeline.pipelines p", "p.id", "p.tenant_id", "'prompts'", "p.inputs -> 'prompts'"));
        foreach (var field in new[] { "input_prompts", "prompts", "motion_prompts" })
        {
            migration.Sql(Parts("pipeline.pipeline_steps p", "p.pipeline_id", "p.tenant_id", "p.step_type", $"coalesce(p.config -> '{field}', '[]')"));
            migration.Sql($"update pipeline.pipeline_steps set config = config - '{field}' where jsonb_array_length(coalesce(config -> '{field}', '[]')) > 0");
        }
    }

    private static string Parts(string table, string pipeline, string tenant, string list, string values) =>
        $"""
        insert into pipeline.pipeline_inputs (pipeline_id, tenant_id, list, part, content)
        select {pipeline}, {tenant}, {list}, (entry.place - 1) / 1000, jsonb_agg(entry.value order by entry.place)
        from {table} cross join lateral jsonb_array_elements({values}) with ordinality as entry (value, place)
        group by 1, 2, 3, 4
        """;
}
