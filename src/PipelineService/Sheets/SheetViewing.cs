using PipelineService.Estimates;
using PipelineService.Pipelines;

namespace PipelineService.Sheets;

/// <summary>Tells what was found. Pure.</summary>
internal static class SheetViewing
{
    public static SheetView Of(Sheet sheet, CheckedSheet found, SheetsOptions options)
    {
        var table = found.Table;
        var bad = found.Faults.Select(fault => fault.Row).OfType<int>().Distinct().Count();
        return new SheetView(
            sheet.Id, sheet.Name, table.Format, table.Encoding, table.Delimiter, table.Columns, found.Columns.Mapping, table.Rows.Count, found.Good.Count, bad,
            [.. found.Faults.Take(options.MaxErrorsTold).Select(fault => new SheetErrorView(fault.Row, fault.Column, fault.Field, fault.Message, fault.Value))], found.Faults.Count,
            [.. table.Rows.Take(options.PreviewRows).Select(row => new SheetRowView(row.Number, row.Cells))],
            found.Columns.NameOf("image") is null && found.Columns.NameOf("prompt") is not null ? [.. found.Good.Select(entry => entry.Prompt)] : null,
            found.Warnings, Plan(found), sheet.Run is { Simulated: true } ? null : sheet.RunGroupId);
    }

    private static SheetPlanView? Plan(CheckedSheet found)
    {
        if (found.Groups.Count == 0)
        {
            return null;
        }

        var lines = found.Groups.SelectMany(group => group.Priced.Quote.Lines)
            .GroupBy(line => (line.StepType, line.Model, line.UnitPrice, line.Unit))
            .Select(same => new SheetStepView(
                same.Key.StepType, same.Key.Model, same.Sum(line => line.Count), same.Key.Unit, same.Key.UnitPrice, same.Sum(line => line.Amount), Money.Display(same.Sum(line => line.Amount))))
            .OrderBy(line => Contracts.Generation.StepTypes.InOrder.ToList().IndexOf(line.StepType));
        return new SheetPlanView(found.Groups.Count, [.. lines], Money.Currency, Money.Plain(found.Total), Money.Display(found.Total));
    }
}
