using Contracts.Generation;
using Providers.Catalog;
using Providers.Local.Prompts;

namespace Providers.Prompts;

/// <summary>
/// Has a text model write a set of prompts, looks the answer over, asks once more for what cannot be used, and has the demo writer make what is missing even
/// then, marked as its own. A call that fails is a failure, and never answered by the demo writer.
/// </summary>
internal sealed class PromptWriter(ModelCatalog catalog, PromptPictures pictures)
{
    private const int Rounds = 2;

    public async Task<ProviderResult> WriteAsync(ITextModel model, PromptsRequest request, CancellationToken cancellationToken)
    {
        var (picture, missing) = await pictures.ReadAsync(request.ImagePath, cancellationToken);
        if (missing is not null)
        {
            return new ProviderResult.Failed(missing);
        }

        var sheet = new PromptSheet(request);
        var first = PromptTemplate.First(request, request.TargetModel is { } target ? catalog.Find(target) : null, picture);
        var question = first;
        var price = catalog.PromptModels.FirstOrDefault(known => known.Id == model.Model && known.Provider == model.Provider);
        var cost = price is null ? (decimal?)null : 0m;
        string? requestId = null;
        for (var round = 1; round <= Rounds && sheet.Missing > 0; round++)
        {
            var answer = await model.CompleteAsync(request.TenantId, question, cancellationToken);
            if (answer is TextAnswer.Failed failed)
            {
                if (round == 1)
                {
                    return new ProviderResult.Failed(failed.Failure, failed.RequestId);
                }

                break;
            }

            var said = (TextAnswer.Said)answer;
            (cost, requestId) = (cost + price?.Cost(said.Usage), said.RequestId ?? requestId);
            sheet.Take(said.Text, last: round == Rounds);
            question = sheet.Missing > 0 ? PromptTemplate.Repair(first, said.Text, sheet) : question;
        }

        // Twice as many, so that there are enough that differ from what is there.
        var made = sheet.Missing > 0 ? sheet.Fill(LocalPrompts.Write(request with { Count = request.Count * 2 })) : [];
        return new ProviderResult.Finished(
            [.. sheet.Good.Select(text => new Produced(text, null, null, null, request.Seed) { By = made.Contains(text) ? ProviderNames.Local : null })], cost, requestId);
    }
}
