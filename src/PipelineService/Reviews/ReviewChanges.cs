using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PipelineService.Pipelines;
using PipelineService.Storage;
using ServiceDefaults.Problems;
using ServiceDefaults.Storage;

namespace PipelineService.Reviews;

/// <summary>What people changed about a step's outputs since a version of it, as things stand now.</summary>
/// <param name="OutputIds">The first 200 of them.</param>
/// <param name="By">Who changed them last, and to what; whoever changed most first.</param>
internal sealed record ReviewChanges(int Since, StepStatus Status, ChangedOutputs All, IReadOnlyList<long> OutputIds, IReadOnlyList<ChangedOutputs> By)
{
    private const int Named = 200;
    private const int MostPeople = 20;

    public static async Task<CommandResult> StaleAsync(PipelineDbContext db, Step step, IfMatch ifMatch, CancellationToken cancellationToken)
    {
        if (ifMatch.Seen is not { } seen)
        {
            return new CommandResult.Stale(step.Version);
        }

        var changed = db.Outputs.Where(output => output.StepId == step.Id && output.TenantId == step.TenantId && output.ReviewVersion > seen);
        var groups = await changed.GroupBy(output => new { output.JudgedBy, output.Verdict }).Select(group => new ChangedGroup(group.Key.JudgedBy, group.Key.Verdict, group.Count())).ToListAsync(cancellationToken);
        var ids = await changed.OrderBy(output => output.Ordinal).ThenBy(output => output.Id).Select(output => output.Id).Take(Named).ToListAsync(cancellationToken);
        return new CommandResult.Stale(step.Version, new ReviewChanges(
            seen, step.Status, ChangedOutputs.Of(null, groups), ids,
            [.. groups.GroupBy(group => group.By).Select(group => ChangedOutputs.Of(group.Key, [.. group])).OrderByDescending(one => one.Outputs).ThenBy(one => one.Name, StringComparer.Ordinal).Take(MostPeople)]));
    }

    public ProblemHttpResult ToProblem(int current)
    {
        var details = Problem.Details(412, "stale", "It changed meanwhile.", Sentence(current));
        details.Extensions["version"] = current;
        details.Extensions["changed"] = new
        {
            since_version = Since,
            status = Status.Word(),
            outputs = All.Outputs,
            picked = All.Picked,
            rejected = All.Rejected,
            unjudged = All.Unjudged,
            output_ids = OutputIds,
            by = By.Select(one => new { name = one.Name, outputs = one.Outputs, picked = one.Picked, rejected = one.Rejected, unjudged = one.Unjudged }),
        };
        return TypedResults.Problem(details);
    }

    private string Sentence(int current)
    {
        var state = Status == StepStatus.Review ? string.Empty : $" The step is {Status.Word()} now.";
        var who = By.Count is 0 or > 3 || By.Any(one => one.Name is null) ? string.Empty : $" by {string.Join(", ", By.Select(one => one.Name))}";
        var outputs = All.Outputs switch
        {
            0 => string.Empty,
            1 => $" Since then 1 output was changed{who}: now {All.Words}.",
            _ => $" Since then {All.Outputs:N0} outputs were changed{who}: now {All.Words}.",
        };
        return $"You have seen version {Since}; the current one is {current}.{state}{outputs} Read it again and repeat the change.";
    }
}

/// <summary>So many outputs, as things stand now.</summary>
/// <param name="Name">Who changed them last, as the workspace calls them; null where it is not known, and for all together.</param>
internal sealed record ChangedOutputs(string? Name, int Outputs, int Picked, int Rejected, int Unjudged)
{
    public string Words => string.Join(", ", new[] { (Picked, "picked"), (Rejected, "rejected"), (Unjudged, "without a verdict") }.Where(part => part.Item1 > 0).Select(part => $"{part.Item1:N0} {part.Item2}"));

    public static ChangedOutputs Of(string? name, IReadOnlyList<ChangedGroup> groups) =>
        new(name, groups.Sum(group => group.Count), Count(groups, Verdict.Pick), Count(groups, Verdict.Reject), Count(groups, Verdict.Unset));

    private static int Count(IReadOnlyList<ChangedGroup> groups, Verdict verdict) => groups.Where(group => group.Verdict == verdict).Sum(group => group.Count);
}

internal sealed record ChangedGroup(string? By, Verdict Verdict, int Count);
