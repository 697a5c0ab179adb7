using System.Text.Json;
using PipelineService.Pipelines;
using ServiceDefaults.OpenApi;

namespace PipelineService.Templates;

/// <summary>A template with all it holds.</summary>
/// <param name="BuiltIn">It comes with the product and stays as it is.</param>
/// <param name="Samples">File names under <c>/static/samples</c> that it can be tried on.</param>
/// <param name="Graph">How the builder draws it; null when it was never drawn.</param>
/// <param name="Needs">What it takes to run it, and whether that can be had now.</param>
/// <param name="Version">Rises with every change; also the ETag.</param>
public sealed record TemplateView(
    long Id, string Name, string? Description, bool BuiltIn, int FormatVersion, IReadOnlyList<string> Samples, IReadOnlyList<PipelineRequest> Pipelines, JsonElement? Graph,
    IReadOnlyList<TemplateNeed> Needs, int Version, DateTimeOffset? CreatedAt, DateTimeOffset? UpdatedAt);

/// <summary>A template in a list.</summary>
/// <param name="BuiltIn">It comes with the product and stays as it is.</param>
/// <param name="Branches">Pipelines that a use of it creates.</param>
/// <param name="Steps">The types of its steps, in step order.</param>
/// <param name="Samples">File names under <c>/static/samples</c> that it can be tried on.</param>
/// <param name="Needs">What it takes to run it, and whether that can be had now.</param>
public sealed record TemplateSummary(
    long Id, string Name, string? Description, bool BuiltIn, int Branches, [StepTypeWords] IReadOnlyList<string> Steps, IReadOnlyList<string> Samples, IReadOnlyList<TemplateNeed> Needs,
    int Version, DateTimeOffset? CreatedAt, DateTimeOffset? UpdatedAt);

/// <summary>Built-in templates first, then the workspace's own, newest first.</summary>
/// <param name="NextCursor">Give it as <c>cursor</c> for the next page; null on the last.</param>
public sealed record TemplatePage(IReadOnlyList<TemplateSummary> Data, string? NextCursor);

/// <summary>One thing a template runs on.</summary>
/// <param name="Model">Null for prompt_enhance.</param>
/// <param name="Name">The model's name, or who writes the prompts.</param>
/// <param name="Provider">Who would serve it here and now.</param>
/// <param name="Simulated">The demo renderer makes it, not a paid model.</param>
/// <param name="Available">Whether it can run now.</param>
/// <param name="Message">What there is to know: that it was retired and what takes its place; null for nothing.</param>
/// <param name="Successor">The model to use instead, when one is known.</param>
public sealed record TemplateNeed(
    [StepTypeWords] string StepType, string? Model, string Name, string? Provider, bool Simulated, bool Available, string? Message, string? Successor);

/// <summary>A template as a file: what <c>POST /templates</c> takes. Images stay behind, for they belong to one workspace.</summary>
public sealed record TemplateFile(string Format, int FormatVersion, string Name, string? Description, IReadOnlyList<PipelineRequest> Pipelines, JsonElement? Graph);
