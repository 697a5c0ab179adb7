using Microsoft.AspNetCore.Http.HttpResults;
using PipelineService.Retries;
using PipelineService.Reviews;
using ServiceDefaults.Problems;

namespace PipelineService.Pipelines;

/// <summary>What became of a command.</summary>
internal abstract record CommandResult
{
    private CommandResult()
    {
    }

    /// <summary>The tenant has no such thing.</summary>
    /// <param name="What">pipeline, step or item.</param>
    public sealed record NotFound(string What) : CommandResult;

    /// <param name="Why">A sentence that says what is possible.</param>
    public sealed record Refused(string Why) : CommandResult;

    /// <summary>If-Match names another version.</summary>
    /// <param name="Changed">What of a step's outputs changed since that version; null where that is not known.</param>
    public sealed record Stale(int Current, ReviewChanges? Changed = null) : CommandResult;

    /// <param name="Faults">By JSON pointer into the body.</param>
    public sealed record Invalid(Dictionary<string, string[]> Faults) : CommandResult
    {
        public Invalid(string pointer, string message)
            : this(new Dictionary<string, string[]> { [pointer] = [message] })
        {
        }
    }

    /// <summary>The run is dearer now than the caller allows.</summary>
    public sealed record QuoteChanged(decimal Estimate, decimal Quote, decimal Allowed) : CommandResult;

    /// <summary>Only a price was asked for; nothing was done.</summary>
    public sealed record Priced(RetryQuoteView Quote) : CommandResult;

    /// <summary>Done, or already so.</summary>
    public sealed record Done(Pipeline Pipeline, IReadOnlyList<Step> Steps) : CommandResult;

    /// <summary>How anything but <see cref="Done"/> is told.</summary>
    public ProblemHttpResult ToProblem() => this switch
    {
        NotFound missing => Problem.NotFound(missing.What),
        Refused refused => Problem.Conflict(refused.Why),
        Stale { Changed: { } changed } stale => changed.ToProblem(stale.Current),
        Stale stale => Problem.Stale(stale.Current),
        Invalid invalid => Problem.Validation(invalid.Faults),
        QuoteChanged changed => Dearer(changed),
        _ => throw new InvalidOperationException("It was done; that is no problem."),
    };

    private static ProblemHttpResult Dearer(QuoteChanged changed)
    {
        var (allowed, now) = (Money.Plain(changed.Allowed), Money.Plain(changed.Quote));
        var details = Problem.Details(409, "quote_changed", "The price has changed.", $"It would cost ${now} now; at most ${allowed} is allowed. Raise max_cost_usd, or change the pipeline.");
        details.Extensions["max_cost_usd"] = allowed;
        details.Extensions["cost_estimate"] = now;
        details.Extensions["previous_estimate"] = Money.Plain(changed.Estimate);
        return TypedResults.Problem(details);
    }
}
