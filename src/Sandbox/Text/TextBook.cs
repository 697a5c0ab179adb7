using Providers.Catalog;
using Providers.Prompts;

namespace Sandbox.Text;

/// <summary>One call of a text model.</summary>
/// <param name="Provider">anthropic or openai.</param>
/// <param name="Status">HTTP status of the answer; 0 when there was none.</param>
/// <param name="Cost">US dollars by the catalog's prices; 0 for what was not answered.</param>
internal sealed record TextCall(string Provider, string Model, DateTimeOffset At, int Status, Fault Fault, TextUsage Usage, decimal Cost, string Prompt);

/// <summary>All calls of text models, for the page and the bill.</summary>
internal sealed class TextBook(ModelCatalog catalog, TimeProvider time)
{
    private const int MostKept = 20_000;
    private readonly Lock _lock = new();
    private readonly Queue<TextCall> _calls = new();

    /// <summary>Null when the vendor has no such model, or has it no more.</summary>
    public PromptModel? Find(string provider, string? model) =>
        catalog.PromptModels.FirstOrDefault(known => known.Provider == provider && known.Id == model && !known.Status.StartsWith("retired", StringComparison.Ordinal));

    public void Write(PromptModel model, int status, Fault fault, TextUsage usage, string prompt)
    {
        var cost = status == StatusCodes.Status200OK ? model.Cost(usage) : 0m;
        lock (_lock)
        {
            _calls.Enqueue(new TextCall(model.Provider, model.Id, time.GetUtcNow(), status, fault, usage, cost, prompt));
            while (_calls.Count > MostKept)
            {
                _calls.Dequeue();
            }
        }
    }

    public IReadOnlyList<TextCall> All()
    {
        lock (_lock)
        {
            return [.. _calls];
        }
    }
}
