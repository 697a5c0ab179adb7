using Contracts.Generation;
using PipelineService.Pipelines;
using Providers;
using Providers.Catalog;
using Providers.Keys;
using Providers.Selection;

namespace PipelineService.Templates;

/// <summary>What a template runs on, looked up when it is shown: models and providers come and go after it was saved.</summary>
internal sealed class TemplateNeeds(ModelCatalog catalog, ProviderSelection selection, WorkspaceKeys keys)
{
    public IReadOnlyList<TemplateNeed> Of(long tenantId, IReadOnlyList<PipelineRequest> pipelines)
    {
        var own = keys.Of(tenantId);
        return
        [
            .. pipelines.SelectMany(pipeline => pipeline.Steps ?? []).OfType<StepRequest>().Where(step => step is { Skip: not true, Config: not { Skip: true } })
                .Select(step => Of(step, own)).Distinct().OrderBy(need => StepTypes.InOrder.ToList().IndexOf(need.StepType)),
        ];
    }

    private TemplateNeed Of(StepRequest step, IReadOnlyList<string> own)
    {
        if (step.StepType == StepTypes.PromptEnhance)
        {
            var writer = step.Config?.Provider is { } asked and not "auto" ? asked : selection.ServedBy(null, own);
            return new TemplateNeed(step.StepType, null, writer, writer, ProviderNames.IsSimulated(writer), true, null, null);
        }

        var id = step.Config?.Model ?? catalog.Default(step.StepType == StepTypes.ImageToImage ? GenerationKind.Image : GenerationKind.Video).Id;
        if (catalog.Find(id) is not { } model)
        {
            return new TemplateNeed(step.StepType!, id, id, null, false, false, $"There is no model {id} any more. Choose another one.", null);
        }

        var provider = selection.ServedBy(model.Id, own);
        var simulated = ProviderNames.IsSimulated(provider);
        var retired = model.Availability.Status == ModelStatus.Retired;
        var next = model.Successor is { } successor ? catalog.Find(successor)?.DisplayName ?? successor : null;
        var instead = retired && !simulated ? next is null ? " Choose another one." : $" Use {next} instead." : string.Empty;
        return new TemplateNeed(
            step.StepType!, model.Id, model.DisplayName, provider, simulated, simulated || !retired, model.Availability.Note is { } note ? note + instead : null, model.Successor);
    }
}
