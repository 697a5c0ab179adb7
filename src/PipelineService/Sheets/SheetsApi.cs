using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using PipelineService.Assets;
using PipelineService.Pipelines;
using PipelineService.Storage;
using ServiceDefaults;
using ServiceDefaults.Identity;
using ServiceDefaults.OpenApi;
using ServiceDefaults.Problems;

namespace PipelineService.Sheets;

/// <summary><c>/sheets</c>: rows of a CSV or a workbook as runs, and the same sheet back with what became of them.</summary>
internal static class SheetsApi
{
    private const int FormOverhead = 2 << 20;

    public static void Map(WebApplication app)
    {
        var options = app.Services.GetRequiredService<IOptions<SheetsOptions>>().Value;
        var sheets = app.MapGroup("/sheets").WithTags("Sheets").RequireAuthorization();
        sheets.MapPost("/check", UploadAsync).WithName("upload_sheet").Accepts<SheetForm>("multipart/form-data")
            .WithMetadata(new RequestSizeLimitAttribute(options.MaxBytes + FormOverhead)).WithExample(200, SheetExamples.Checked).WithProblems(400, 422);
        sheets.MapGet("/", ListAsync).WithName("list_sheets").WithExample(200, SheetExamples.Page).WithProblems(422);
        sheets.MapGet("/{id:long}", GetAsync).WithName("get_sheet").WithExample(200, SheetExamples.Checked);
        sheets.MapPost("/{id:long}/check", CheckAsync).WithName("check_sheet").WithExample(SheetExamples.Request).WithExample(200, SheetExamples.Checked).WithProblems(422);
        sheets.MapPost("/{id:long}/run", RunAsync).WithName("run_sheet").WithExample(SheetExamples.Request).WithExample(202, SheetExamples.Run).WithProblems(409, 422);
        sheets.MapGet("/{id:long}/result", ResultAsync).WithName("get_sheet_result").WithProblems(409, 422).Produces<Stream>(StatusCodes.Status200OK, "text/csv");
    }

    /// <summary>
    /// Reads a CSV or .xlsx and checks its rows; nothing is generated or spent. Multipart: the sheet in the field 'file', and in the field 'request', if
    /// anything is to be said about it, the JSON that <c>POST /sheets/{id}/check</c> takes. The first row names the columns. Faults of rows are no problem of
    /// the request: they are told by row.
    /// </summary>
    internal static async Task<Results<Ok<SheetView>, ProblemHttpResult>> UploadAsync(
        HttpRequest http, Caller caller, SheetStore store, SheetChecking checking, IOptions<SheetsOptions> options, CancellationToken cancellationToken)
    {
        if (!http.HasFormContentType)
        {
            return Problem.Unreadable("Send multipart/form-data with the sheet in the field 'file'.");
        }

        IFormCollection form;
        try
        {
            form = await http.ReadFormAsync(new FormOptions { MultipartBodyLengthLimit = options.Value.MaxBytes + FormOverhead, ValueLengthLimit = FormOverhead }, cancellationToken);
        }
        catch (InvalidDataException)
        {
            return Problem.Validation("/file", $"The sheet is larger than {options.Value.MaxBytes >> 20} MB, or the form is damaged. Split it into several.");
        }

        if (form.Files.GetFile("file") is not { } file)
        {
            return Problem.Validation("/file", "Send the sheet in the field 'file'.");
        }

        if (file.Length > options.Value.MaxBytes)
        {
            return Problem.Validation("/file", $"The sheet is larger than {options.Value.MaxBytes >> 20} MB. Split it into several.");
        }

        SheetRequest? request;
        try
        {
            request = form["request"].ToString() is { Length: > 0 } text ? JsonSerializer.Deserialize<SheetRequest>(text, PipelineJson.Options) : null;
        }
        catch (JsonException exception)
        {
            return Problem.Unreadable($"The field 'request' holds no JSON that can be read{(exception.Path is { } path ? $" (at {path})" : string.Empty)}.", "/request");
        }

        using var bytes = new MemoryStream((int)file.Length);
        await file.CopyToAsync(bytes, cancellationToken);
        var name = AssetName.Clean(file.FileName);
        var (table, refusal) = SheetFile.Read(bytes.ToArray(), name, options.Value);
        return table is null
            ? Problem.Validation("/file", $"{name}: {refusal}")
            : await AnswerAsync(caller.TenantId, await store.AddAsync(caller.TenantId, name, table, cancellationToken), table, request ?? new SheetRequest(), checking, options.Value, cancellationToken);
    }

    /// <summary>Sheets that were loaded, newest first, until they are swept.</summary>
    internal static async Task<Results<Ok<SheetPage>, ProblemHttpResult>> ListAsync(
        [AsParameters] SheetQuery query, Caller caller, SheetStore store, CancellationToken cancellationToken) =>
        query.Errors() is { } errors ? Problem.Validation(errors) : TypedResults.Ok(await store.ListAsync(caller.TenantId, query, cancellationToken));

    /// <summary>A sheet as it was read, with guessed columns and nothing priced.</summary>
    internal static async Task<Results<Ok<SheetView>, ProblemHttpResult>> GetAsync(
        long id, Caller caller, SheetStore store, SheetChecking checking, IOptions<SheetsOptions> options, CancellationToken cancellationToken) =>
        await store.FindAsync(caller.TenantId, id, cancellationToken) is { } sheet
            ? await AnswerAsync(caller.TenantId, sheet, sheet.Table, new SheetRequest(), checking, options.Value, cancellationToken)
            : Problem.NotFound("sheet");

    /// <summary>Checks the rows again with other columns, edits of single fields or another pipeline, and prices what they would make.</summary>
    internal static async Task<Results<Ok<SheetView>, ProblemHttpResult>> CheckAsync(
        long id, SheetRequest request, Caller caller, SheetStore store, SheetChecking checking, IOptions<SheetsOptions> options, CancellationToken cancellationToken) =>
        await store.FindAsync(caller.TenantId, id, cancellationToken) is { } sheet
            ? await AnswerAsync(caller.TenantId, sheet, sheet.Table, request, checking, options.Value, cancellationToken)
            : Problem.NotFound("sheet");

    /// <summary>
    /// Makes pipelines of the rows, as few as possible, and starts them. All of them carry one <c>run_group_id</c>. One bad row refuses the run, unless bad
    /// rows are left out. A sheet runs once: asked again, it answers the same and starts what has not been started. A simulation does not count: what comes
    /// next takes its place.
    /// </summary>
    internal static async Task<Results<Accepted<SheetRunView>, ProblemHttpResult>> RunAsync(
        long id, SheetRequest request, Caller caller, SheetStore store, SheetRunning running, CancellationToken cancellationToken) =>
        await store.FindAsync(caller.TenantId, id, cancellationToken) is not { } sheet
            ? Problem.NotFound("sheet")
            : await running.RunAsync(caller.TenantId, sheet, request, cancellationToken) switch
            {
                SheetOutcome.Started started => TypedResults.Accepted($"/sheets/{id}", started.Run),
                SheetOutcome.Invalid invalid => Problem.Validation(invalid.Errors),
                SheetOutcome.Refused refused => refused.Why.ToProblem(),
                _ => throw new InvalidOperationException("A sheet was started, invalid or refused."),
            };

    /// <summary>The sheet as it was given, with status, addresses of outputs, cost and error of each row as they are now. csv (default) or xlsx.</summary>
    internal static async Task<Results<FileContentHttpResult, PushStreamHttpResult, ProblemHttpResult>> ResultAsync(
        long id, [Words("csv", "xlsx")] string? format, HttpRequest http, Caller caller, SheetStore store, SheetResult result, CancellationToken cancellationToken)
    {
        if (format is not (null or "csv" or "xlsx"))
        {
            return Problem.Validation("/format", "Use csv or xlsx.");
        }

        if (await store.FindAsync(caller.TenantId, id, cancellationToken) is not { } sheet)
        {
            return Problem.NotFound("sheet");
        }

        if (sheet.Run is not { } run)
        {
            return Problem.Conflict("The sheet was not run yet, so there are no results.");
        }

        var rows = await result.RowsAsync(caller.TenantId, sheet, run, Origin(http), cancellationToken);
        http.HttpContext.Response.Headers.CacheControl = "no-store";
        var name = Path.GetFileNameWithoutExtension(sheet.Name) + "-results";
        return format == "xlsx"
            ? TypedResults.File(XlsxText.Of(rows), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", name + ".xlsx")
            : TypedResults.Stream(output => CsvText.WriteAsync(rows, output, cancellationToken), "text/csv; charset=utf-8", name + ".csv");
    }

    private static async Task<Results<Ok<SheetView>, ProblemHttpResult>> AnswerAsync(
        long tenantId, Sheet sheet, SheetTable table, SheetRequest request, SheetChecking checking, SheetsOptions options, CancellationToken cancellationToken)
    {
        var found = await checking.CheckAsync(tenantId, sheet.Name, table, request, cancellationToken);
        return found.Errors.Count > 0 ? Problem.Validation(found.Errors) : TypedResults.Ok(SheetViewing.Of(sheet, found, options));
    }

    /// <summary>Where the caller reached the studio: the sheet is read elsewhere, so its addresses are whole ones.</summary>
    private static string Origin(HttpRequest http)
    {
        var host = http.Headers["X-Forwarded-Host"].FirstOrDefault() ?? http.Host.Value;
        var scheme = http.Headers["X-Forwarded-Proto"].FirstOrDefault() ?? http.Scheme;
        return Uri.TryCreate($"{scheme}://{host}", UriKind.Absolute, out var origin) && origin.Scheme is "http" or "https" ? origin.GetLeftPart(UriPartial.Authority) : string.Empty;
    }

    /// <summary>The form as OpenAPI describes it.</summary>
    private sealed record SheetForm(IFormFile File, string? Request);
}
