using Contracts.Generation;
using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using PipelineService.Pipelines;
using PipelineService.Pipelines.Drafts;
using PipelineService.RunGroups;
using PipelineService.Storage;
using ServiceDefaults.Identity;
using ServiceDefaults.OpenApi;
using ServiceDefaults.Problems;

namespace PipelineService.Templates;

/// <summary><c>/templates</c>: configurations that are kept to be used again.</summary>
internal static class TemplatesApi
{
    private const string BuiltInStays = "A built-in template stays as it is. Save a copy of it and change that.";
    private static readonly string[] UseFields = ["name", "images", "prompts", "run", "max_cost_usd"];

    public static void Map(WebApplication app)
    {
        var templates = app.MapGroup("/templates").RequireAuthorization();
        templates.MapGet("/", ListAsync).WithName("list_templates").WithProblems(422);
        templates.MapPost("/", CreateAsync).WithName("create_template").WithExample(TemplateExamples.Create).WithProblems(409);
        templates.MapGet("/{id:long}", GetAsync).WithName("get_template");
        templates.MapPut("/{id:long}", ReplaceAsync).WithName("replace_template").WithExample(TemplateExamples.Create).WithProblems(409, 412);
        templates.MapDelete("/{id:long}", DeleteAsync).WithName("delete_template").WithProblems(409);
        templates.MapPost("/{id:long}/use", UseAsync).WithName("use_template").WithExample(TemplateExamples.Use).WithProblems(409);
        templates.MapGet("/{id:long}/export", ExportAsync).WithName("export_template").WithExample(200, TemplateExamples.File);
    }

    /// <summary>Templates: the built-in ones on the first page, then the workspace's own, newest first. What each needs is told as it stands now.</summary>
    internal static async Task<Results<Ok<TemplatePage>, ProblemHttpResult>> ListAsync(
        [AsParameters] TemplateQuery query, Caller caller, PipelineDbContext db, TemplateNeeds needs, CancellationToken cancellationToken)
    {
        if (query.Errors() is { } errors)
        {
            return Problem.Validation(errors);
        }

        var rows = await query.Apply(db.Templates.AsNoTracking(), caller.TenantId).ToListAsync(cancellationToken);
        var page = rows.Take(query.PageSize).Select(row => View(caller.TenantId, row, needs));
        return TypedResults.Ok(new TemplatePage(
            [.. query.BuiltIn().Select(template => View(caller.TenantId, template, needs)).Concat(page).Select(Summary)],
            rows.Count > query.PageSize ? rows[query.PageSize - 1].Id.ToString(CultureInfo.InvariantCulture) : null));
    }

    /// <summary>Keeps a template. A file that was exported is sent as it is; one of a newer format is refused with both versions.</summary>
    internal static async Task<Results<Created<TemplateView>, ProblemHttpResult>> CreateAsync(
        TemplateRequest request, Caller caller, PipelineDbContext db, TemplateChecks checks, TemplateNeeds needs, TimeProvider time, IOptions<TemplatesOptions> options,
        HttpResponse response, CancellationToken cancellationToken)
    {
        var (content, faults) = checks.Check(request);
        if (content is null || faults.Any)
        {
            return Problem.Validation(faults.ToDictionary());
        }

        if (await db.Templates.CountAsync(template => template.TenantId == caller.TenantId, cancellationToken) >= options.Value.MaxTemplates)
        {
            return Problem.Conflict($"There are {options.Value.MaxTemplates:N0} templates, which is the most a workspace can have. Delete one first.");
        }

        var now = time.GetStoredNow();
        var template = new Template { TenantId = caller.TenantId, Name = request.Name!.Trim(), Description = Text(request.Description), Content = content, CreatedAt = now, UpdatedAt = now };
        db.Add(template);
        await db.SaveChangesAsync(cancellationToken);
        ETags.Set(response, template.Version);
        return TypedResults.Created($"/templates/{template.Id}", View(caller.TenantId, template, needs));
    }

    /// <summary>A template with its pipelines and its drawing.</summary>
    internal static async Task<Results<Ok<TemplateView>, ProblemHttpResult>> GetAsync(
        long id, Caller caller, PipelineDbContext db, TemplateNeeds needs, HttpResponse response, CancellationToken cancellationToken)
    {
        if (await FindAsync(id, caller, db, needs, cancellationToken) is not { } view)
        {
            return Problem.NotFound("template");
        }

        ETags.Set(response, view.Version);
        return TypedResults.Ok(view);
    }

    /// <summary>Replaces a template, its name included. Takes <c>If-Match</c>.</summary>
    internal static async Task<Results<Ok<TemplateView>, ProblemHttpResult>> ReplaceAsync(
        long id, TemplateRequest request, IfMatch ifMatch, Caller caller, PipelineDbContext db, TemplateChecks checks, TemplateNeeds needs, TimeProvider time, HttpResponse response,
        CancellationToken cancellationToken)
    {
        if (BuiltInTemplates.Find(id) is not null)
        {
            return Problem.Conflict(BuiltInStays);
        }

        var (content, faults) = checks.Check(request);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var rows = await db.Templates.FromSql($"select * from pipeline.templates where id = {id} and tenant_id = {caller.TenantId} for update").ToListAsync(cancellationToken);
        if (rows is not [var template])
        {
            return Problem.NotFound("template");
        }

        if (!ifMatch.Holds(template.Version))
        {
            return Problem.Stale(template.Version);
        }

        if (content is null || faults.Any)
        {
            return Problem.Validation(faults.ToDictionary());
        }

        (template.Name, template.Description, template.Content) = (request.Name!.Trim(), Text(request.Description), content);
        (template.Version, template.UpdatedAt) = (template.Version + 1, time.GetStoredNow());
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        ETags.Set(response, template.Version);
        return TypedResults.Ok(View(caller.TenantId, template, needs));
    }

    /// <summary>Deletes a template. What was made with it stays.</summary>
    internal static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(long id, Caller caller, PipelineDbContext db, CancellationToken cancellationToken)
    {
        if (BuiltInTemplates.Find(id) is not null)
        {
            return Problem.Conflict(BuiltInStays);
        }

        var gone = await db.Templates.Where(template => template.Id == id && template.TenantId == caller.TenantId).ExecuteDeleteAsync(cancellationToken);
        return gone == 0 ? Problem.NotFound("template") : TypedResults.NoContent();
    }

    /// <summary>
    /// Creates the template's pipelines, as <c>POST /run-groups</c> does, with images and prompts in place of its own. Nothing is started unless <c>run</c> says so.
    /// A model that was retired since is refused with what takes its place.
    /// </summary>
    internal static async Task<Results<Created<RunGroupView>, ProblemHttpResult>> UseAsync(
        long id, UseTemplateRequest? request, Caller caller, PipelineDbContext db, TemplateNeeds needs, RunGroups.RunGroups groups, CancellationToken cancellationToken)
    {
        if (await FindAsync(id, caller, db, needs, cancellationToken) is not { } template)
        {
            return Problem.NotFound("template");
        }

        var faults = new Faults();
        faults.Unknown(string.Empty, request?.Unknown, UseFields);
        if (faults.Any)
        {
            return Problem.Validation(faults.ToDictionary());
        }

        return await RunGroupsApi.CreateAsync(
            new RunGroupRequest { Pipelines = [.. template.Pipelines.Select(pipeline => With(pipeline, request))], Run = request?.Run ?? false, MaxCostUsd = request?.MaxCostUsd },
            caller, groups, cancellationToken);
    }

    /// <summary>The template as a file to share. Its images stay behind.</summary>
    internal static async Task<Results<Ok<TemplateFile>, ProblemHttpResult>> ExportAsync(
        long id, Caller caller, PipelineDbContext db, TemplateNeeds needs, HttpResponse response, CancellationToken cancellationToken)
    {
        if (await FindAsync(id, caller, db, needs, cancellationToken) is not { } template)
        {
            return Problem.NotFound("template");
        }

        response.Headers.ContentDisposition = $"attachment; filename=\"template-{template.Id}.json\"";
        return TypedResults.Ok(new TemplateFile(
            TemplateRequest.FileFormat, TemplateRequest.CurrentVersion, template.Name, template.Description,
            [.. template.Pipelines.Select(pipeline => pipeline with { Inputs = (pipeline.Inputs ?? new InputsRequest()) with { Images = [] } })], template.Graph));
    }

    private static async Task<TemplateView?> FindAsync(long id, Caller caller, PipelineDbContext db, TemplateNeeds needs, CancellationToken cancellationToken)
    {
        if (BuiltInTemplates.Find(id) is { } builtIn)
        {
            return View(caller.TenantId, builtIn, needs);
        }

        var row = await db.Templates.AsNoTracking().SingleOrDefaultAsync(template => template.Id == id && template.TenantId == caller.TenantId, cancellationToken);
        return row is null ? null : View(caller.TenantId, row, needs);
    }

    private static PipelineRequest With(PipelineRequest pipeline, UseTemplateRequest? request)
    {
        var inputs = pipeline.Inputs ?? new InputsRequest();
        return pipeline with
        {
            Name = request?.Name ?? pipeline.Name,
            Inputs = inputs with { Images = request?.Images ?? inputs.Images, Prompts = request?.Prompts ?? inputs.Prompts },
        };
    }

    private static TemplateView View(long tenantId, BuiltInTemplate template, TemplateNeeds needs) => new(
        template.Id, template.Name, template.Description, true, TemplateRequest.CurrentVersion, template.Samples, template.Pipelines, null, needs.Of(tenantId, template.Pipelines), 1, null, null);

    private static TemplateView View(long tenantId, Template row, TemplateNeeds needs) => new(
        row.Id, row.Name, row.Description, false, TemplateRequest.CurrentVersion, [], row.Content.Pipelines, row.Content.Graph, needs.Of(tenantId, row.Content.Pipelines), row.Version,
        row.CreatedAt, row.UpdatedAt);

    private static TemplateSummary Summary(TemplateView view) => new(
        view.Id, view.Name, view.Description, view.BuiltIn, view.Pipelines.Count,
        [.. StepTypes.InOrder.Where(type => view.Pipelines.Any(pipeline => pipeline.Steps?.Any(step => step?.StepType == type) == true))],
        view.Samples, view.Needs, view.Version, view.CreatedAt, view.UpdatedAt);

    private static string? Text(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
