using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using PipelineService.Storage;
using Providers.Local;

namespace PipelineService.Prompts;

/// <summary>Completions of what somebody types: first from the tenant's own newest prompts, then from the built-in vocabulary.</summary>
internal sealed class PromptHistory(PipelineDbContext db, IOptions<PromptsOptions> options)
{
    // Bounds what one look reads, whatever the tenant has: some prompts of the newest pipelines, found by index; large inputs are not unpacked.
    private const int PromptsOfEach = 20;
    private const int LargestInputs = 64 * 1024;

    public async Task<IReadOnlyList<string>> SuggestAsync(long tenantId, string typed, CancellationToken cancellationToken)
    {
        var wanted = string.Join(' ', typed.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        var own = wanted.Length == 0 ? [] : await OwnAsync(tenantId, wanted, cancellationToken);
        return [.. own.Concat(PromptVocabulary.Completions(wanted, options.Value.Suggestions)).Distinct(StringComparer.OrdinalIgnoreCase).Take(options.Value.Suggestions)];
    }

    private Task<List<string>> OwnAsync(long tenantId, string wanted, CancellationToken cancellationToken)
    {
        var pattern = wanted.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal) + "%";
        return db.Database.SqlQuery<string>(
            $"""
            with newest as (
                select id from pipeline.pipelines where tenant_id = {tenantId} order by id desc limit {options.Value.HistoryPipelines}
            ),
            used as (
                select n.id, 0 as place, typed.prompt
                from newest n
                cross join lateral (
                    select value as prompt from pipeline.pipeline_inputs i
                    cross join lateral jsonb_array_elements_text(case when pg_column_size(i.content) <= {LargestInputs} then i.content else '[]' end)
                    where i.pipeline_id = n.id and i.list = 'prompts' and i.part = 0 limit {PromptsOfEach}
                ) typed
                union all
                select n.id, 1, written.text
                from newest n
                join pipeline.pipeline_steps s on s.pipeline_id = n.id and s.step_type = 'prompt_enhance'
                cross join lateral (
                    select o.text from pipeline.outputs o where o.step_id = s.id order by o.ordinal, o.id limit {PromptsOfEach}
                ) written
            )
            select prompt as "Value" from used
            where prompt ilike {pattern} and lower(prompt) <> lower({wanted})
            group by prompt order by min(place), max(id) desc limit {options.Value.Suggestions}
            """).ToListAsync(cancellationToken);
    }
}
