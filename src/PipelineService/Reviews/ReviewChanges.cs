using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PipelineService.Pipelines;
using PipelineService.Storage;
using ServiceDefaults.Problems;
using ServiceDefaults.Storage;

namespace PipelineService.Reviews;

/// <summary>What people changed about a step's outputs since a version of it, as things stand now.</summary>
/// <param name="OutputIds">The first 200 of them.</param>
internal sealed record ReviewChanges(int Since, StepStatus Status, int Outputs, int Picked, int Rejected, int Unjudged, IReadOnlyList<long> OutputIds)
{
    private const int Named = 200;

    public static async Task<CommandResult> StaleAsync(PipelineDbContext db, Step step, IfMatch ifMatch, CancellationToken cancellationToken)
    {
        if (ifMatch.Seen is not { } seen)
        {
            return new CommandResult.Stale(step.Version);
        }

        var changed = db.Outputs.Where(output => output.StepId == step.Id && output.TenantId == step.TenantId && output.ReviewVersion > seen);
        var counts = await changed.GroupBy(output => output.Verdict).Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(group => group.Key, group => group.Count, cancellationToken);
        var ids = await changed.OrderBy(output => output.Ordinal).ThenBy(output => output.Id).Select(output => output.Id).Take(Named).ToListAsync(cancellationToken);
        return new CommandResult.Stale(step.Version, new ReviewChanges(
            seen, step.Status, counts.Values.Sum(), counts.GetValueOrDefault(Verdict.Pick), counts.GetValueOrDefault(Verdict.Reject), counts.GetValueOrDefault(Verdict.Unset), ids));
    }

    public ProblemHttpResult ToProblem(int current)
    {
        var details = Problem.Details(412, "stale", "It changed meanwhile.", Sentence(current));
        details.Extensions["version"] = current;
        details.Extensions["changed"] = new
        {
            since_version = Since,
            status = Status.Word(),
            outputs = Outputs,
            picked = Picked,
            rejected = Rejected,
            unjudged = Unjudged,
            output_ids = OutputIds,
        };
        return TypedResults.Problem(details);
    }

    private string Sentence(int current)
    {
        var state = Status == StepStatus.Review ? string.Empty : $" The step is {Status.Word()} now.";
        var outputs = Outputs switch
        {
            0 => string.Empty,
            1 => " Since then 1 output was changed:",
            _ => $" Since then {Outputs:N0} outputs were changed:",
        };
        string[] parts = [.. new[] { (Picked, "picked"), (Rejected, "rejected"), (Unjudged, "without a verdict") }.Where(part => part.Item1 > 0).Select(part => $"{part.Item1:N0} {part.Item2}")];
        return $"You have seen version {Since}; the current one is {current}.{state}{outputs}{(parts.Length > 0 ? $" now {string.Join(", ", parts)}." : string.Empty)} Read it again and repeat the change.";
    }
}
