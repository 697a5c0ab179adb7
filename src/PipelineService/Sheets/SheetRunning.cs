using Microsoft.EntityFrameworkCore;
using PipelineService.Pipelines;
using PipelineService.Pipelines.Drafts;
using PipelineService.Storage;

namespace PipelineService.Sheets;

/// <summary>What came of running a sheet.</summary>
internal abstract record SheetOutcome
{
    private SheetOutcome()
    {
    }

    public sealed record Started(SheetRunView Run) : SheetOutcome;

    public sealed record Invalid(IReadOnlyDictionary<string, string[]> Errors) : SheetOutcome;

    public sealed record Refused(CommandResult Why) : SheetOutcome;
}

/// <summary>
/// Makes pipelines of the rows of a sheet and starts them. All are stored in one transaction, so a sheet runs whole or not at all, and once. A simulation does
/// not use it up: what comes next takes its place.
/// </summary>
internal sealed class SheetRunning(PipelineDbContext db, SheetChecking checking, DraftIntake intake, PipelineCreation creation, PipelineCommands commands)
{
    private const int RowsTold = 20;

    public async Task<SheetOutcome> RunAsync(long tenantId, Sheet sheet, SheetRequest request, CancellationToken cancellationToken)
    {
        if (sheet.Run is { Simulated: false } run)
        {
            return await StartAsync(tenantId, sheet, run, cancellationToken);
        }

        var found = await checking.CheckAsync(tenantId, sheet.Name, sheet.Table, request, cancellationToken);
        if (Errors(found, request) is { Count: > 0 } errors)
        {
            return new SheetOutcome.Invalid(errors);
        }

        if (found.Total > request.MaxCostUsd)
        {
            return new SheetOutcome.Refused(new CommandResult.QuoteChanged(found.Total, found.Total, request.MaxCostUsd.Value));
        }

        var together = Guid.NewGuid();
        var (ready, faults) = await PrepareAsync(tenantId, found, request, together, cancellationToken);
        if (faults.Count > 0 && (request.LeaveOutBadRows != true || ready.Count == 0))
        {
            return new SheetOutcome.Invalid(OfRows(faults));
        }

        return await StoreAsync(tenantId, sheet, together, ready, [.. found.Faults, .. faults], request.Pipeline?.Simulate ?? false, cancellationToken) is { } stored
            ? await StartAsync(tenantId, sheet, stored, cancellationToken)
            : new SheetOutcome.Refused(new CommandResult.Refused("A picture was deleted meanwhile, or the sheet is being run already. Check it again."));
    }

    private static Dictionary<string, string[]> Errors(CheckedSheet found, SheetRequest request)
    {
        var errors = found.Errors.ToDictionary();
        if (request.Pipeline is null)
        {
            errors["/pipeline"] = ["Say what is to be made of the rows: the same as for POST /pipelines, without its inputs."];
        }

        if (found.Columns.NameOf("image") is null)
        {
            errors["/mapping/image"] = ["Choose the column that holds the pictures. A sheet of prompts alone is combined with pictures as inputs of a pipeline."];
        }

        if (found.Good.Count == 0 || (found.Faults.Count > 0 && request.LeaveOutBadRows != true))
        {
            foreach (var (pointer, messages) in OfRows(found.Faults))
            {
                errors.TryAdd(pointer, messages);
            }
        }

        return errors;
    }

    private static Dictionary<string, string[]> OfRows(IReadOnlyList<SheetFault> faults) =>
        faults.GroupBy(fault => fault.Row is { } row ? $"/rows/{row}/{fault.Field}" : $"/mapping/{fault.Field}").Take(RowsTold)
            .ToDictionary(group => group.Key, group => group.Select(fault => fault.Row is { } row ? $"Row {row}: {fault.Message}" : fault.Message).ToArray());

    /// <summary>Fetches the addresses of each group. A row whose address holds no picture falls out of its group, which is then prepared without it.</summary>
    private async Task<(List<(SheetGroup Group, PricedDraft Draft)> Ready, List<SheetFault> Faults)> PrepareAsync(
        long tenantId, CheckedSheet found, SheetRequest request, Guid together, CancellationToken cancellationToken)
    {
        var ready = new List<(SheetGroup, PricedDraft)>();
        var faults = new List<SheetFault>();
        foreach (var (group, asked, price) in found.Groups)
        {
            var rows = group.Rows;
            while (rows.Count > 0)
            {
                var wanted = asked with
                {
                    RunGroupId = together,
                    BudgetUsd = SheetGroups.Share(asked.BudgetUsd, price.Quote.Total, found.Total),
                    Inputs = asked.Inputs! with { Images = [.. rows.Select(SheetChecking.ImageOf)], Prompts = [.. rows.Select(row => row.Prompt)] },
                };
                var (draft, wrong) = await intake.PrepareAsync(tenantId, wanted, KnownImages.None, cancellationToken);
                if (draft is not null)
                {
                    ready.Add((group with { Rows = rows }, draft));
                    break;
                }

                var bad = wrong!.Select(pair => (Index: Index(pair.Key), Message: pair.Value[0])).ToList();
                faults.AddRange(bad.Where(one => one.Index is not null).Select(one => new SheetFault(rows[one.Index!.Value].Row, found.Columns.NameOf("image"), "image", one.Message, rows[one.Index!.Value].Image.Url)));
                if (bad.Exists(one => one.Index is null))
                {
                    faults.Add(new SheetFault(null, null, "image", bad.First(one => one.Index is null).Message));
                    break;
                }

                rows = request.LeaveOutBadRows == true ? [.. rows.Where((_, index) => !bad.Exists(one => one.Index == index))] : [];
            }
        }

        return (ready, faults);
    }

    private static int? Index(string pointer) => pointer.Split('/') is ["", "inputs", _, var at, ..] && int.TryParse(at, out var index) ? index : null;

    /// <returns>Null when a picture is gone, or somebody else ran the sheet in between.</returns>
    private async Task<SheetRun?> StoreAsync(
        long tenantId, Sheet sheet, Guid together, List<(SheetGroup Group, PricedDraft Draft)> ready, IReadOnlyList<SheetFault> left, bool simulated, CancellationToken cancellationToken)
    {
        var before = sheet.RunGroupId;
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var mine = await db.Sheets.Where(row => row.TenantId == tenantId && row.Id == sheet.Id && row.RunGroupId == before)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.RunGroupId, together), cancellationToken);
        var parts = new List<SheetPart>();
        foreach (var (group, draft) in ready)
        {
            if (mine == 0 || await creation.AddAsync(tenantId, draft, cancellationToken) is not var (pipeline, _))
            {
                return null;
            }

            parts.Add(new SheetPart(pipeline.Id, [.. group.Rows.Select(row => row.Row)]));
        }

        var run = new SheetRun(parts, left.Where(fault => fault.Row is not null).GroupBy(fault => fault.Row!.Value).ToDictionary(row => row.Key, row => row.First().Message), simulated);
        await db.Sheets.Where(row => row.TenantId == tenantId && row.Id == sheet.Id).ExecuteUpdateAsync(set => set.SetProperty(row => row.Run, run), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        (sheet.RunGroupId, sheet.Run) = (together, run);
        return run;
    }

    /// <summary>Starts what has not been started yet: a run that was cut short goes on when it is asked for again.</summary>
    private async Task<SheetOutcome> StartAsync(long tenantId, Sheet sheet, SheetRun run, CancellationToken cancellationToken)
    {
        var ids = run.Parts.Select(part => part.PipelineId).ToArray();
        db.ChangeTracker.Clear();
        var pipelines = await db.Pipelines.AsNoTracking().Where(row => row.TenantId == tenantId && ids.Contains(row.Id))
            .Select(row => new { row.Id, row.Status, row.CostEstimate }).ToListAsync(cancellationToken);
        foreach (var pipeline in pipelines.Where(pipeline => pipeline.Status == PipelineStatus.Pending).OrderBy(pipeline => pipeline.Id))
        {
            if (await commands.RunAsync(tenantId, pipeline.Id, null, cancellationToken) is not CommandResult.Done and var refused)
            {
                return new SheetOutcome.Refused(refused);
            }
        }

        return new SheetOutcome.Started(new SheetRunView(
            sheet.Id, sheet.RunGroupId!.Value, ids, run.Parts.Sum(part => part.Rows.Count), [.. run.LeftOut.Keys.Order()],
            Money.Plain(pipelines.Sum(pipeline => pipeline.CostEstimate)), Money.Currency));
    }
}
