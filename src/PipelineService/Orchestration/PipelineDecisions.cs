using PipelineService.Pipelines;
using static PipelineService.Orchestration.RunEffect;

namespace PipelineService.Orchestration;

/// <summary>
/// What each command and each fact means in each state. HTTP commands and the saga call the same functions, under the pipeline's row lock.
/// Pure. The table of docs/lifecycle.md is generated from here.
/// </summary>
public static class PipelineDecisions
{
    /// <summary>Start, resume, or retry what failed.</summary>
    public static RunDecision Run(RunState state) => state.Status switch
    {
        PipelineStatus.Pending => Start(state),
        PipelineStatus.Running when state.PauseRequested => Resume(state),
        PipelineStatus.Running => RunDecision.Nothing,
        PipelineStatus.Paused when state.Reason == StatusReason.Review =>
            RunDecision.Refuse("A step waits for review: approve it to go on."),
        PipelineStatus.Paused => Resume(state),
        PipelineStatus.Failed => Retry(state, null, null),
        PipelineStatus.Completed => RunDecision.Refuse("It is completed: clone it to run it again, or retry failed items."),
        _ => RunDecision.Refuse("It was cancelled: clone it to run it again."),
    };

    /// <summary>At the end of the running step, or at once.</summary>
    public static RunDecision Pause(RunState state, bool now)
    {
        switch (state.Status)
        {
            case PipelineStatus.Paused:
                return RunDecision.Nothing;
            case PipelineStatus.Running when now || state.FirstUnfinished?.Status == StepStatus.Review:
                return new RunDecision(
                [
                    .. state.Steps.Where(step => !step.Ended).Select(step => new Hold(step.Id, true)),
                    new RaiseEpoch(),
                    new SetPauseRequested(false),
                    new SetPipeline(PipelineStatus.Paused, StatusReason.User),
                ]);
            case PipelineStatus.Running when state.PauseRequested:
                return RunDecision.Nothing;
            case PipelineStatus.Running:
                var current = state.FirstUnfinished;
                return new RunDecision(
                [
                    .. state.Steps.Where(step => !step.Ended && step.Id != current?.Id).Select(step => new Hold(step.Id, true)),
                    new SetPauseRequested(true),
                ]);
            default:
                return RunDecision.Refuse($"Only a running pipeline can be paused; this one is {Word(state.Status)}.");
        }
    }

    public static RunDecision Cancel(RunState state) => state.Status switch
    {
        PipelineStatus.Cancelled => RunDecision.Nothing,
        PipelineStatus.Completed => RunDecision.Refuse("It is completed; there is nothing to cancel."),
        _ => new RunDecision(
        [
            new RaiseEpoch(),
            new CancelOpen([.. state.Steps.Select(step => step.Id)]),
            .. state.Steps.Where(step => !step.Ended).Select(step => new SetStep(step.Id, StepStatus.Cancelled)),
            new SetPauseRequested(false),
            new SetPipeline(PipelineStatus.Cancelled),
        ]),
    };

    /// <summary>The selected outputs of a step in review go on. Who calls has checked that at least one is selected.</summary>
    public static RunDecision Approve(RunState state, long stepId)
    {
        var step = state.Steps.Single(candidate => candidate.Id == stepId);
        if (step.Status != StepStatus.Review)
        {
            return RunDecision.Refuse($"Only a step in review can be approved; this one is {Word(step.Status)}.");
        }

        List<RunEffect> effects = [new SetStep(stepId, StepStatus.Completed)];
        switch (NextUnfinished(state, step))
        {
            case null:
                effects.Add(new SetPipeline(PipelineStatus.Completed));
                break;
            // It was in review already when something before it ran again: what is new goes to it, and it comes to its review once more.
            case { Status: StepStatus.Review } next when next != Next(state, step):
                effects.Add(new SetPipeline(PipelineStatus.Paused, StatusReason.Review));
                break;
            case { Status: StepStatus.Pending } when state.Mode == PipelineMode.Manual:
                effects.Add(new SetPipeline(PipelineStatus.Paused, StatusReason.User));
                break;
            case var next:
                // While a review rolls, a run may be paused for another reason.
                if (!Stopped(state))
                {
                    effects.Add(new SetPipeline(PipelineStatus.Running));
                }

                effects.AddRange(next == Next(state, step) ? Unless(Stopped(state), StartAfter(step, next)) : []);
                break;
        }

        return new RunDecision(effects);
    }

    /// <summary>New attempts for failed items: of the whole pipeline, of one step, or some items of it.</summary>
    /// <param name="selected">How many failed items are meant, by step; null for all.</param>
    public static RunDecision Retry(RunState state, long? stepId, IReadOnlyList<long>? itemIds, IReadOnlyDictionary<long, int>? selected = null)
    {
        var steps = state.Steps
            .Where(step => (stepId is null || step.Id == stepId) && (selected is null ? step.FailedItems : selected.GetValueOrDefault(step.Id)) > 0)
            .ToList();
        switch (state.Status)
        {
            case PipelineStatus.Pending:
                return RunDecision.Refuse("Nothing has run yet: start it with run.");
            case PipelineStatus.Cancelled:
                return RunDecision.Refuse("It was cancelled: clone it to run it again.");
            case PipelineStatus.Completed or PipelineStatus.Failed when steps.Count == 0:
                return RunDecision.Refuse("No item failed, so there is nothing to retry.");
        }

        if (steps.Count == 0)
        {
            return RunDecision.Nothing;
        }

        var reopened = state.Status is PipelineStatus.Failed;
        var first = steps.Min(step => step.Order);
        var cancelled = reopened ? state.Steps.Where(step => step.Order > first && step.Status == StepStatus.Cancelled).ToList() : [];
        List<RunEffect> effects = [new Requeue([.. steps.Select(step => step.Id)], itemIds, AlsoCancelled: false)];
        if (cancelled.Count > 0)
        {
            effects.Add(new Requeue([.. cancelled.Select(step => step.Id)], null, AlsoCancelled: true));
        }

        effects.AddRange(steps.Where(step => step.Status != StepStatus.Running).Select(step => new SetStep(step.Id, StepStatus.Running)));
        effects.AddRange(cancelled.Select(step => new SetStep(step.Id, step.Open > 0 || step.Succeeded > 0 || step.FailedItems > 0 ? StepStatus.Running : StepStatus.Pending)));

        // Whatever comes of a retry has to be able to go on, so the ended steps behind it open again.
        effects.AddRange(state.Steps
            .Where(step => step.Order > first && step.Status is StepStatus.Completed or StepStatus.Failed && !steps.Contains(step))
            .Select(step => new SetStep(step.Id, StepStatus.Running)));
        effects.AddRange(Reopen(state, steps));
        return new RunDecision(effects);
    }

    /// <summary>One more item like a finished one. What it yields stands beside the rest; it goes on when asked to, or when a review is still to come.</summary>
    /// <param name="cascade">Follow-ups are wanted, too.</param>
    public static RunDecision Rerun(RunState state, long stepId, long itemId, long seed, bool cascade)
    {
        switch (state.Status)
        {
            case PipelineStatus.Pending:
                return RunDecision.Refuse("Nothing has run yet: start it with run.");
            case PipelineStatus.Failed:
                return RunDecision.Refuse("It failed: retry it first.");
            case PipelineStatus.Cancelled:
                return RunDecision.Refuse("It was cancelled: clone it to run it again.");
        }

        var step = state.Steps.Single(candidate => candidate.Id == stepId);
        var goesOn = cascade || (step.Checkpoint && !step.Ended);
        List<RunEffect> effects = [new Repeat(stepId, itemId, seed, goesOn)];
        if (step.Status != StepStatus.Running)
        {
            effects.Add(new SetStep(stepId, StepStatus.Running));
        }

        if (goesOn)
        {
            effects.AddRange(state.Steps
                .Where(later => later.Order > step.Order && later.Status == StepStatus.Completed)
                .Select(later => new SetStep(later.Id, StepStatus.Running)));
        }

        effects.AddRange(Reopen(state, [step]));
        return new RunDecision(effects);
    }

    /// <summary>One item less. What waits ends at once, what is under way is asked to stop; the rest of the step goes on.</summary>
    public static RunDecision CancelItem(RunState state, long stepId, long itemId, ItemStatus item) => item switch
    {
        ItemStatus.Succeeded or ItemStatus.Failed => RunDecision.Refuse($"Only an item that is not at its end can be cancelled; this one is {Word(item)}."),
        ItemStatus.Cancelled => RunDecision.Nothing,
        _ when !Alive(state) => RunDecision.Refuse($"Items of a pipeline that is {Word(state.Status)} cannot be cancelled."),
        _ => RunDecision.Do(new CancelItem(stepId, itemId)),
    };

    /// <summary>Nothing of a step is open any more. A repeat, or a step whose predecessor still works, changes nothing.</summary>
    public static RunDecision StepDrained(RunState state, long stepId)
    {
        if (Backlog(state, stepId))
        {
            return RunDecision.Do(new SetPipeline(PipelineStatus.Paused, StatusReason.Review));
        }

        var effects = new List<RunEffect>();
        var current = state;
        var step = current.Steps.FirstOrDefault(candidate => candidate.Id == stepId);
        while (step is { Status: StepStatus.Running, Open: 0 } && PredecessorEnded(current, step) && Alive(current))
        {
            var outcome = Finish(current, step, out var next);
            effects.AddRange(outcome);
            current = Apply(current, outcome);
            step = next is null ? null : current.Steps.Single(candidate => candidate.Id == next.Id);
        }

        return effects.Count == 0 ? RunDecision.Nothing : new RunDecision(effects);
    }

    /// <summary>The next items would pass a budget: nothing more is sent until it is raised and the run goes on.</summary>
    public static RunDecision BudgetReached(RunState state) => Halt(state, StatusReason.Budget);

    /// <summary>Items of it wait until their provider may be asked again: it says so, and goes on by itself.</summary>
    public static RunDecision ProviderAwaited(RunState state) => state is { Status: PipelineStatus.Running, Reason: null }
        ? RunDecision.Do(new SetPipeline(PipelineStatus.Running, StatusReason.Provider))
        : RunDecision.Nothing;

    /// <summary>Nothing of it waits for a provider any more.</summary>
    public static RunDecision ProviderBack(RunState state) => state is { Status: PipelineStatus.Running, Reason: StatusReason.Provider }
        ? RunDecision.Do(new SetPipeline(PipelineStatus.Running))
        : RunDecision.Nothing;

    /// <summary>The provider has been down for too long: nothing more is sent until the run is told to go on.</summary>
    public static RunDecision ProviderDown(RunState state) => Halt(state, StatusReason.Provider);

    /// <summary>Whether finished outputs start their follow-up items at once, before the step has ended.</summary>
    public static bool Rolls(PipelineMode mode, bool checkpoint, PipelineStatus status, StepStatus step) =>
        mode != PipelineMode.Manual && !checkpoint && status is PipelineStatus.Running or PipelineStatus.Paused && step is not (StepStatus.Review or StepStatus.Cancelled);

    private static RunDecision Halt(RunState state, StatusReason reason) => state.Status != PipelineStatus.Running
        ? RunDecision.Nothing
        : new RunDecision(
        [
            .. state.Steps.Where(step => !step.Ended).Select(step => new Hold(step.Id, true)),
            new SetPauseRequested(false),
            new SetPipeline(PipelineStatus.Paused, reason),
        ]);

    /// <summary>Nothing is under way, and what is left waits behind a review that rolls.</summary>
    private static bool Backlog(RunState state, long drained) =>
        state.Status == PipelineStatus.Running && state.Steps.All(step => step.Open == 0)
        && state.Steps.FirstOrDefault(step => step.Id == drained) is { Status: StepStatus.Running } last
        && state.Steps.Any(step => step.Order < last.Order && step.Status == StepStatus.Review);

    /// <summary>Somebody, or money, has paused it or is about to; a review has not.</summary>
    internal static bool Stopped(RunState state) => state.PauseRequested || state is { Status: PipelineStatus.Paused, Reason: not StatusReason.Review };

    // What is paused stays held: its items wait in the ledger.
    internal static IEnumerable<RunEffect> Unless(bool stopped, IEnumerable<RunEffect> effects) => effects.Where(effect => !stopped || effect is not Hold);

    internal static bool Alive(RunState state) => state.Status is PipelineStatus.Running or PipelineStatus.Paused;

    // A pause asked for by a person, or for money, stands until it is lifted.
    internal static IEnumerable<RunEffect> Reopen(RunState state, IReadOnlyList<StepState> steps) => state switch
    {
        { Status: PipelineStatus.Running } => [],
        { Status: PipelineStatus.Paused, Reason: not StatusReason.Review } => steps.Select(step => new Hold(step.Id, true)),
        _ => [new SetPipeline(PipelineStatus.Running)],
    };

    private static RunDecision Start(RunState state)
    {
        var skipped = state.Steps.Where(step => step.Skip).Select(step => new SetStep(step.Id, StepStatus.Skipped));
        var first = state.Steps.First(step => !step.Skip);
        return new RunDecision([.. skipped, new SetPipeline(PipelineStatus.Running), new SetStep(first.Id, StepStatus.Running), new ExpandInputs(first.Id)]);
    }

    private static RunDecision Resume(RunState state)
    {
        // What was left has been skipped meanwhile.
        if (state.FirstUnfinished is null)
        {
            return RunDecision.Do(new SetPauseRequested(false), new SetPipeline(PipelineStatus.Completed));
        }

        var waits = state.FirstUnfinished.Status == StepStatus.Review && state.Steps.All(step => step.Open == 0);
        List<RunEffect> effects =
        [
            new SetPauseRequested(false),
            .. state.Steps.Where(step => !step.Ended).Select(step => new Hold(step.Id, false)),
            waits ? new SetPipeline(PipelineStatus.Paused, StatusReason.Review) : new SetPipeline(PipelineStatus.Running),
        ];

        // Manual mode, or a pause at a step's end: the next step has not been started yet.
        if (state.FirstUnfinished is { Status: StepStatus.Pending } next && Previous(state, next) is { Status: StepStatus.Completed } previous)
        {
            effects.AddRange(StartAfter(previous, next));
        }
        else if (state.FirstUnfinished is { Status: StepStatus.Running, Open: 0 } drained)
        {
            var resumed = state with { Status = PipelineStatus.Running, Reason = null, PauseRequested = false };
            effects.AddRange(StepDrained(resumed, drained.Id).Effects);
        }

        return new RunDecision(effects);
    }

    private static IEnumerable<RunEffect> StartAfter(StepState step, StepState next) =>
        [new SetStep(next.Id, StepStatus.Running), new Hold(next.Id, false), new Advance(step.Id, next.Id)];

    private static List<RunEffect> Finish(RunState state, StepState step, out StepState? next)
    {
        next = null;
        var later = state.Steps.Where(candidate => candidate.Order > step.Order && !candidate.Ended).ToList();
        if (step.Succeeded == 0 || (step.FailedItems > 0 && state.OnItemFailure == OnItemFailure.Stop && !step.Checkpoint))
        {
            return
            [
                new SetStep(step.Id, StepStatus.Failed),
                .. later.Count == 0 ? Array.Empty<RunEffect>() : [new CancelOpen([.. later.Select(candidate => candidate.Id)])],
                .. later.Select(candidate => new SetStep(candidate.Id, StepStatus.Cancelled)),
                new SetPauseRequested(false),
                new SetPipeline(PipelineStatus.Failed),
            ];
        }

        if (step.Checkpoint)
        {
            // Where picks went on already, what they lead to is not stopped by a review; a pause that was asked for does stop it, and is lifted by who asked.
            var goesOn = step.Rolling && later.Any(other => other.Open > 0);
            if (goesOn && !state.PauseRequested)
            {
                return [new SetStep(step.Id, StepStatus.Review)];
            }

            return goesOn
                ? [new SetStep(step.Id, StepStatus.Review), new SetPauseRequested(false), new SetPipeline(PipelineStatus.Paused, StatusReason.User)]
                : [new SetStep(step.Id, StepStatus.Review), new SetPauseRequested(false), new SetPipeline(PipelineStatus.Paused, StatusReason.Review)];
        }

        List<RunEffect> effects = [new SetStep(step.Id, StepStatus.Completed)];
        if (NextUnfinished(state, step) is not { } following)
        {
            effects.Add(new SetPauseRequested(false));
            effects.Add(new SetPipeline(PipelineStatus.Completed));
            return effects;
        }

        if (following.Status == StepStatus.Review)
        {
            // It was in review already when something before it ran again.
            effects.Add(new SetPauseRequested(false));
            effects.Add(new SetPipeline(PipelineStatus.Paused, StatusReason.Review));
            return effects;
        }

        if (state.PauseRequested)
        {
            effects.Add(new SetPauseRequested(false));
            effects.Add(new SetPipeline(PipelineStatus.Paused, StatusReason.User));
            return effects;
        }

        if (following.Status == StepStatus.Pending)
        {
            // What is paused meanwhile stays held: its items wait in the ledger.
            effects.AddRange(StartAfter(Previous(state, following)!, following).Where(effect => state.Status == PipelineStatus.Running || effect is not Hold));
            return effects;
        }

        next = following;
        return effects;
    }

    // The little of the effects that a following decision in the same breath depends on.
    private static RunState Apply(RunState state, IEnumerable<RunEffect> effects) => effects.Aggregate(state, (current, effect) => effect switch
    {
        SetStep set => current with { Steps = [.. current.Steps.Select(step => step.Id == set.StepId ? step with { Status = set.Status } : step)] },
        SetPipeline set => current with { Status = set.Status, Reason = set.Reason },
        SetPauseRequested set => current with { PauseRequested = set.Requested },
        _ => current,
    });

    private static bool PredecessorEnded(RunState state, StepState step) => Previous(state, step) is null or { Ended: true };

    private static StepState? Previous(RunState state, StepState step) => state.Steps.LastOrDefault(candidate => candidate.Order < step.Order && !candidate.Skip);

    internal static StepState? Next(RunState state, StepState step) => state.Steps.FirstOrDefault(candidate => candidate.Order > step.Order && !candidate.Skip);

    private static StepState? NextUnfinished(RunState state, StepState step) => state.Steps.FirstOrDefault(candidate => candidate.Order > step.Order && !candidate.Skip && !candidate.Ended);

    internal static string Word<TEnum>(TEnum value)
        where TEnum : struct, Enum => ServiceDefaults.Storage.SnakeCase.Word(value).Replace('_', ' ');
}
