using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using ServiceDefaults.Identity;
using ServiceDefaults.OpenApi;
using ServiceDefaults.Problems;

namespace CostService.Models;

internal static class ModelsApi
{
    public static void MapModels(this WebApplication app) => app.MapGet("/models", List).WithName("list_models").WithTags("Costs").WithProblems(422);

    /// <summary>
    /// Lists the models with prices, capabilities, and which provider serves each one now. Retired models stay listed and say what to use instead.
    /// </summary>
    private static Results<Ok<ModelPage>, ProblemHttpResult> List(
        Caller caller, ModelListings models, [Description("image or video; both without it."), Words<ModelKind>] string? kind = null) => kind switch
        {
            null => TypedResults.Ok(new ModelPage(models.List(caller.TenantId, null), null)),
            "image" => TypedResults.Ok(new ModelPage(models.List(caller.TenantId, ModelKind.Image), null)),
            "video" => TypedResults.Ok(new ModelPage(models.List(caller.TenantId, ModelKind.Video), null)),
            _ => Problem.Validation("/kind", "Use image or video, or leave it out for both."),
        };
}
