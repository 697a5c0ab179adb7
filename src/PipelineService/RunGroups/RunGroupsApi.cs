using Microsoft.AspNetCore.Http.HttpResults;
using PipelineService.Pipelines;
using ServiceDefaults.Identity;
using ServiceDefaults.OpenApi;

namespace PipelineService.RunGroups;

/// <summary><c>/run-groups</c>: pipelines that are started together, such as the branches of a workflow.</summary>
internal static class RunGroupsApi
{
    private const string Example =
        """
        {
          "run_group_id": "0197c2f4-8d6e-7c1a-9b3f-2f6f6e1c0a11",
          "pipelines": [
            {
              "name": "Red dress · Kling Image", "inputs": { "images": [{ "asset_id": 12 }], "prompts": ["woman in red dress"] },
              "steps": [{ "step_type": "i2i", "config": { "model": "kling-image", "images_per_prompt": 2 } }]
            },
            {
              "name": "Red dress · video", "inputs": { "images": [{ "asset_id": 12 }], "prompts": ["she turns to the camera"] },
              "steps": [{ "step_type": "i2v", "config": { "model": "kling", "duration_sec": 5 } }]
            }
          ],
          "max_cost_usd": 2
        }
        """;

    public static void Map(WebApplication app)
    {
        var groups = app.MapGroup("/run-groups").RequireAuthorization();
        groups.MapPost("/", CreateAsync).WithName("create_run_group").WithTags("Pipelines").WithExample(Example).WithProblems(409);
    }

    /// <summary>
    /// Creates pipelines together, all or none, and starts them. Every fault of every one is told at once. The group is read with <c>GET /pipelines?run_group_id=</c>;
    /// the same <c>run_group_id</c> again creates nothing, it starts what has not started yet.
    /// </summary>
    internal static async Task<Results<Created<RunGroupView>, ProblemHttpResult>> CreateAsync(RunGroupRequest request, Caller caller, RunGroups groups, CancellationToken cancellationToken)
    {
        var group = request.RunGroupId ?? Guid.NewGuid();
        var (ids, problem) = await groups.CreateAsync(caller.TenantId, group, request, cancellationToken);
        if (ids is null)
        {
            return problem!.ToProblem();
        }

        return request.Run is not false && await groups.StartAsync(caller.TenantId, ids, cancellationToken) is { } notStarted
            ? notStarted.ToProblem()
            : TypedResults.Created($"/pipelines?run_group_id={group}", await groups.ViewAsync(caller.TenantId, group, ids, cancellationToken));
    }
}
