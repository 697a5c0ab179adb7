using System.Globalization;
using Contracts.Costs.Grpc;
using Contracts.Generation;
using PipelineService.Expansion;
using ServiceDefaults.Grpc;

namespace PipelineService.Estimates;

/// <summary>What a plan costs, in US dollars, as the cost service prices it.</summary>
/// <param name="Lines">One for each step that is not skipped, in step order.</param>
/// <param name="Display">The tree, as text.</param>
internal sealed record Quote(IReadOnlyList<QuoteLine> Lines, decimal Total, string TotalDisplay, string Display, string Currency)
{
    public QuoteLine? Find(string stepType) => Lines.FirstOrDefault(line => line.StepType == stepType);
}

/// <param name="Unit">prompt, image or video.</param>
/// <param name="Error">Why it has no price; null when it has one.</param>
internal sealed record QuoteLine(string StepType, string? Model, long Count, string Unit, decimal UnitPrice, decimal Amount, string AmountDisplay, string? Error);

/// <summary>Asks the cost service for prices. Reads and writes nothing.</summary>
internal sealed class Quoting(CostClient costs)
{
    public async Task<Quote> OfAsync(RunPlan plan, CancellationToken cancellationToken)
    {
        var request = new EstimateRequest();
        request.Lines.Add(plan.Steps.Where(step => !step.Skip).Select(Line));
        var reply = await costs.EstimateAsync(request, cancellationToken);
        return new Quote([.. reply.Lines.Select(Line)], Number(reply.Total), reply.TotalDisplay, reply.Display, reply.Currency);
    }

    /// <summary>Prices of one output each, in the order asked.</summary>
    /// <param name="asked">Step types, with the parameters of generators, and who makes them; null for whoever serves the model.</param>
    public async Task<IReadOnlyList<QuoteLine>> UnitsAsync(
        IReadOnlyList<(string StepType, GenerationParameters? Parameters, string? Provider)> asked, CancellationToken cancellationToken)
    {
        if (asked.Count == 0)
        {
            return [];
        }

        var request = new EstimateRequest();
        request.Lines.Add(asked.Select(kind => Line(kind.StepType, kind.Parameters, 1, kind.Provider)));
        return [.. (await costs.EstimateAsync(request, cancellationToken)).Lines.Select(Line)];
    }

    private static EstimateLine Line(StepPlan step) => Line(step.StepType, step.Parameters, step.Outputs, step.Provider);

    private static EstimateLine Line(string stepType, GenerationParameters? asked, long count, string? provider)
    {
        var line = new EstimateLine { StepType = stepType, Count = count, Provider = provider ?? string.Empty };
        if (asked is { } parameters)
        {
            line.Parameters = Parameters(parameters);
        }

        return line;
    }

    private static ModelParameters Parameters(GenerationParameters parameters) => new()
    {
        Model = parameters.Model,
        AspectRatio = parameters.AspectRatio ?? string.Empty,
        Size = parameters.Size ?? string.Empty,
        Resolution = parameters.Resolution ?? string.Empty,
        Quality = parameters.Quality ?? string.Empty,
        DurationSec = parameters.DurationSec ?? 0,
        Audio = parameters.Audio,
    };

    private static QuoteLine Line(PricedLine line) => new(
        line.StepType, line.Model is { Length: > 0 } model ? model : null, line.Count, line.Unit, Number(line.UnitPrice), Number(line.Amount), line.AmountDisplay,
        line.Error is { Length: > 0 } error ? error : null);

    internal static decimal Number(string text) => text.Length == 0 ? 0m : decimal.Parse(text, NumberStyles.Number, CultureInfo.InvariantCulture);
}
