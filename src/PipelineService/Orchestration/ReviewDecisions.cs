using PipelineService.Pipelines;
using static PipelineService.Orchestration.RunEffect;

namespace PipelineService.Orchestration;

/// <summary>What becomes of a step whose outputs people judge, beside its approval in <see cref="PipelineDecisions"/>. Pure.</summary>
public static class ReviewDecisions
{
    /// <summary>Whether outputs of a step may be judged: in its review, and while it runs towards one.</summary>
    public static bool Judges(bool checkpoint, StepStatus step) => step == StepStatus.Review || (checkpoint && step == StepStatus.Running);

    /// <summary>More items like those that made what a person rejected, with a change. What they yield comes into the same review.</summary>
    public static RunDecision Redo(RunState state, long stepId, RunEffect.Redo redo)
    {
        var step = state.Steps.Single(candidate => candidate.Id == stepId);
        if (!PipelineDecisions.Alive(state) || !Judges(step.Checkpoint, step.Status))
        {
            return RunDecision.Refuse($"Outputs are made anew while their step is in review, or runs towards one; this one is {PipelineDecisions.Word(step.Status)}. Afterwards an item is rerun.");
        }

        List<RunEffect> effects = [redo];
        if (step.Status != StepStatus.Running)
        {
            effects.Add(new SetStep(stepId, StepStatus.Running));
        }

        effects.AddRange(PipelineDecisions.Reopen(state, [step]));
        return new RunDecision(effects);
    }

    /// <summary>
    /// A rolling review after verdicts: what was picked goes on at once, and a step of which all is made and judged has ended. Rejected outputs never go on,
    /// and the rest waits without blocking.
    /// </summary>
    /// <param name="waiting">Picked outputs that have not gone on.</param>
    public static RunDecision Judged(RunState state, long stepId, int waiting, int picked, int unjudged)
    {
        var step = state.Steps.Single(candidate => candidate.Id == stepId);
        if (!step.Rolling || !PipelineDecisions.Alive(state))
        {
            return RunDecision.Nothing;
        }

        if (step.Status == StepStatus.Review && picked > 0 && unjudged == 0)
        {
            return PipelineDecisions.Approve(state, stepId);
        }

        if (waiting == 0 || PipelineDecisions.Next(state, step) is not { Status: not StepStatus.Cancelled } next)
        {
            return RunDecision.Nothing;
        }

        List<RunEffect> effects = [.. PipelineDecisions.Unless(PipelineDecisions.Stopped(state), [new SetStep(next.Id, StepStatus.Running), new Hold(next.Id, false), new Advance(stepId, next.Id, PicksOnly: true)])];
        if (state is { Status: PipelineStatus.Paused, Reason: StatusReason.Review })
        {
            effects.Add(new SetPipeline(PipelineStatus.Running));
        }

        return new RunDecision(effects);
    }
}
