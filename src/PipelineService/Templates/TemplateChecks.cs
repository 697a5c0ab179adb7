using System.Text.Json;
using Contracts.Generation;
using Microsoft.Extensions.Options;
using PipelineService.Pipelines;
using PipelineService.Pipelines.Drafts;

namespace PipelineService.Templates;

/// <summary>Whether a template can be kept. Whether it can run is found out when it is used. Pure.</summary>
internal sealed class TemplateChecks(IOptions<TemplatesOptions> options, IOptions<PipelineLimits> limits)
{
    private static readonly string[] Fields = ["format", "format_version", "name", "description", "pipelines", "graph"];

    public (TemplateContent? Content, Faults Faults) Check(TemplateRequest request)
    {
        var faults = new Faults();
        faults.Unknown(string.Empty, request.Unknown, Fields);
        faults.OneOf("/format", request.Format, [TemplateRequest.FileFormat]);
        if (request.FormatVersion is { } version and not TemplateRequest.CurrentVersion)
        {
            faults.Add("/format_version", version > TemplateRequest.CurrentVersion
                ? $"This template was made by a newer version: its format is {version}, and {TemplateRequest.CurrentVersion} is the newest that can be read here. Update this installation, or save the template in the older format."
                : $"There is no format {version}. Use {TemplateRequest.CurrentVersion}.");
        }

        faults.Text("/name", request.Name, limits.Value.MaxNameChars, "A name");
        if (request.Description is { Length: > 0 } description)
        {
            faults.Text("/description", description, options.Value.MaxDescriptionChars, "A description");
        }

        if (request.Graph is { ValueKind: not (JsonValueKind.Object or JsonValueKind.Null) })
        {
            faults.Add("/graph", "Use an object, as the builder makes it, or leave it out.");
        }

        Pipelines(request.Pipelines ?? [], faults);
        if (faults.Any)
        {
            return (null, faults);
        }

        var content = new TemplateContent([.. request.Pipelines!.Select(pipeline => pipeline! with { RunGroupId = null })], request.Graph is { ValueKind: JsonValueKind.Object } graph ? graph : null);
        var bytes = JsonSerializer.SerializeToUtf8Bytes(content, StepConfigJson.Options).Length;
        if (bytes > options.Value.MaxBytes)
        {
            faults.Add("/pipelines", $"The template has {bytes:N0} bytes; at most {options.Value.MaxBytes:N0} are kept. Leave long lists of prompts out: they can be given when it is used.");
        }

        return (content, faults);
    }

    private void Pipelines(IReadOnlyList<PipelineRequest?> pipelines, Faults faults)
    {
        if (pipelines.Count == 0 || pipelines.Count > limits.Value.MaxPipelinesPerGroup)
        {
            faults.Add("/pipelines", $"There are {pipelines.Count:N0} pipelines. Give 1 to {limits.Value.MaxPipelinesPerGroup}.");
            return;
        }

        for (var index = 0; index < pipelines.Count; index++)
        {
            var steps = pipelines[index]?.Steps ?? [];
            if (steps.Count is 0 or > 3)
            {
                faults.Add($"/pipelines/{index}/steps", $"Give 1 to 3 steps, in the order {string.Join(", ", StepTypes.InOrder)}.");
            }

            for (var place = 0; place < steps.Count && place < 3; place++)
            {
                if (steps[place]?.StepType is not { } type)
                {
                    faults.Add($"/pipelines/{index}/steps/{place}/step_type", $"Name the step's type: one of {string.Join(", ", StepTypes.InOrder)}.");
                }
                else
                {
                    faults.OneOf($"/pipelines/{index}/steps/{place}/step_type", type, StepTypes.InOrder);
                }
            }
        }
    }
}
