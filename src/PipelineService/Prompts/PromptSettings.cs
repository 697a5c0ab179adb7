using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PipelineService.Storage;
using ServiceDefaults.Identity;
using ServiceDefaults.OpenApi;
using ServiceDefaults.Problems;

namespace PipelineService.Prompts;

/// <summary>How a workspace wants its prompts written. A workspace that never said anything has no row.</summary>
internal sealed class PromptSettings
{
    public required long TenantId { get; init; }

    /// <summary>An earlier answer to nearly the same prompt will do.</summary>
    public bool SimilarPrompts { get; set; }
}

/// <param name="SimilarPrompts">An answer to nearly the same prompt will do: it comes at once, costs nothing, and says whose it was. Off unless told.</param>
public sealed record PromptSettingsView([property: Required] bool? SimilarPrompts);

internal static class PromptSettingsApi
{
    public static void Map(RouteGroupBuilder prompts)
    {
        prompts.MapGet("/settings", GetAsync).WithName("get_prompt_settings").WithExample(200, new PromptSettingsView(false));
        prompts.MapPut("/settings", PutAsync).WithName("put_prompt_settings").WithExample(new PromptSettingsView(true)).WithExample(200, new PromptSettingsView(true));
    }

    /// <summary>Whether answers to similar prompts are used again in the prompt box.</summary>
    internal static async Task<Ok<PromptSettingsView>> GetAsync(Caller caller, PipelineDbContext db, CancellationToken cancellationToken) =>
        TypedResults.Ok(new PromptSettingsView(await SimilarAsync(db, caller.TenantId, cancellationToken)));

    /// <summary>Turns it on or off, for the whole workspace.</summary>
    internal static async Task<Results<Ok<PromptSettingsView>, ProblemHttpResult>> PutAsync(
        PromptSettingsView settings, Caller caller, PipelineDbContext db, CancellationToken cancellationToken)
    {
        if (settings.SimilarPrompts is not { } similar)
        {
            return Problem.Validation("/similar_prompts", "Use true or false.");
        }

        await db.Database.ExecuteSqlAsync(
            $"insert into pipeline.prompt_settings (tenant_id, similar_prompts) values ({caller.TenantId}, {similar}) on conflict (tenant_id) do update set similar_prompts = excluded.similar_prompts",
            cancellationToken);
        return TypedResults.Ok(settings);
    }

    public static Task<bool> SimilarAsync(PipelineDbContext db, long tenantId, CancellationToken cancellationToken) =>
        db.PromptSettings.Where(row => row.TenantId == tenantId).Select(row => row.SimilarPrompts).FirstOrDefaultAsync(cancellationToken);
}
