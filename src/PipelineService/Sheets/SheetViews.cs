using PipelineService.Pipelines;
using ServiceDefaults.OpenApi;

namespace PipelineService.Sheets;

/// <summary>A sheet and what is wrong with it. Nothing has been generated or spent.</summary>
/// <param name="Encoding">In which a CSV was saved; null for a workbook.</param>
/// <param name="Delimiter">What parts its cells; null for a workbook.</param>
/// <param name="Mapping">The column of each field, as asked or guessed; null for none.</param>
/// <param name="RowsTotal">Rows below the header.</param>
/// <param name="Errors">The first of them, by row.</param>
/// <param name="Preview">The first rows as they were read.</param>
/// <param name="Prompts">Prompts of the good rows, where the sheet has no column of pictures: to be combined with pictures as inputs of a pipeline; null otherwise.</param>
/// <param name="Warnings">How it was read, and what is delivered differently from what was asked.</param>
/// <param name="Plan">What the good rows would make and cost; null without a pipeline to make of them, and where there are none.</param>
/// <param name="RunGroupId">What its pipelines have in common, once it was run; a simulation is no run.</param>
public sealed record SheetView(
    long Id,
    string Name,
    [Words("csv", "xlsx")] string Format,
    [Words("utf-8", "utf-16", "windows-1252")] string? Encoding,
    string? Delimiter,
    IReadOnlyList<string> Columns,
    SheetMapping Mapping,
    int RowsTotal,
    int RowsGood,
    int RowsBad,
    IReadOnlyList<SheetErrorView> Errors,
    int ErrorsTotal,
    IReadOnlyList<SheetRowView> Preview,
    IReadOnlyList<string>? Prompts,
    IReadOnlyList<string> Warnings,
    SheetPlanView? Plan,
    Guid? RunGroupId);

/// <summary>A page of sheets, newest first.</summary>
/// <param name="NextCursor">The cursor of the next page; null on the last one.</param>
public sealed record SheetPage(IReadOnlyList<SheetSummary> Data, string? NextCursor);

/// <summary>A sheet in a list: without its rows.</summary>
/// <param name="RunGroupId">What the pipelines of its latest run or simulation have in common; null where there was none.</param>
/// <param name="Simulated">It was only simulated so far, so it can still be run.</param>
public sealed record SheetSummary(long Id, string Name, [Words("csv", "xlsx")] string Format, Guid? RunGroupId, bool Simulated, DateTimeOffset CreatedAt);

/// <summary>What is wrong with a row.</summary>
/// <param name="Row">As a spreadsheet program counts, the header being row 1; null for the sheet as a whole.</param>
/// <param name="Column">Name of the column; null where none was chosen.</param>
/// <param name="Value">What stands there; null where nothing does.</param>
public sealed record SheetErrorView(int? Row, string? Column, [Words("image", "prompt", "model", "seed", "name")] string Field, string Message, string? Value);

/// <param name="Row">Its number.</param>
/// <param name="Cells">In the order of the columns.</param>
public sealed record SheetRowView(int Row, IReadOnlyList<string> Cells);

/// <summary>What rows would make.</summary>
/// <param name="Pipelines">How many it takes: rows of one model and seed share one, as far as it may be large.</param>
/// <param name="Total">US dollars; the most it will cost.</param>
public sealed record SheetPlanView(int Pipelines, IReadOnlyList<SheetStepView> Steps, string Currency, decimal Total, string TotalDisplay);

/// <summary>One kind of thing that is made, by one model.</summary>
/// <param name="Model">Null for prompt_enhance.</param>
public sealed record SheetStepView([StepTypeWords] string StepType, string? Model, long Count, [OutputWords] string Unit, decimal UnitPrice, decimal Amount, string AmountDisplay);

/// <summary>The run of a sheet.</summary>
/// <param name="Pipelines">Ids, in the order of their first rows.</param>
/// <param name="Rows">How many rows run.</param>
/// <param name="LeftOut">Numbers of the rows that were left out.</param>
public sealed record SheetRunView(long SheetId, Guid RunGroupId, IReadOnlyList<long> Pipelines, int Rows, IReadOnlyList<int> LeftOut, decimal CostEstimate, string Currency);
