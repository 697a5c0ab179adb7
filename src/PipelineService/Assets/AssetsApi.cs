using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using PipelineService.Library;
using ServiceDefaults.Identity;
using ServiceDefaults.OpenApi;
using ServiceDefaults.Problems;

namespace PipelineService.Assets;

/// <summary>The library: what comes in and what is there.</summary>
public static class AssetsApi
{
    private const int MaxBoundaryLength = 70;
    private const int MaxErrorsTold = 200;

    public static RouteGroupBuilder MapAssets(this IEndpointRouteBuilder routes)
    {
        ArgumentNullException.ThrowIfNull(routes);
        var options = routes.ServiceProvider.GetRequiredService<IOptions<AssetsOptions>>().Value;
        var group = routes.MapGroup("/assets").WithTags("Assets").RequireAuthorization();

        group.MapPost("/", Upload).WithName("upload_assets").WithSummary("Upload pictures")
            .WithDescription("Multipart, field 'files', repeated. PNG, JPEG and WebP; a .zip is unpacked. Each file is judged by itself. 422 when none was good.")
            .Accepts<UploadForm>("multipart/form-data")
            .WithMetadata(new RequestSizeLimitAttribute(options.MaxUploadBytes))
            .WithExample(StatusCodes.Status201Created, AssetExamples.Intake);
        group.MapPost("/import", Import).WithName("import_assets").WithSummary("Import pictures from addresses")
            .WithDescription("http and https, public addresses only, bounded in size and time. 422 when no address gave a picture.")
            .WithExample(new ImportRequest(["https://example.com/photo.png"])).WithExample(StatusCodes.Status201Created, AssetExamples.Intake);
        group.MapGet("/", List).WithName("list_assets").WithSummary("List the library")
            .WithExample(StatusCodes.Status200OK, new AssetPage([AssetExamples.Uploaded], "12"))
            .WithProblems(StatusCodes.Status422UnprocessableEntity);
        group.MapGet("/{id:long}", Get).WithName("get_asset").WithSummary("Get an asset").WithExample(StatusCodes.Status200OK, AssetExamples.Uploaded);
        group.MapContent();
        group.MapSelections();
        LibraryApi.Map(group);
        CollectionsApi.Map(routes);
        return group;
    }

    private static async Task<Results<Created<AssetIntake>, ProblemHttpResult>> Upload(
        HttpRequest request, Caller caller, UploadReceiving receiving, AssetShelf shelf, CancellationToken cancellationToken)
    {
        if (Boundary(request) is not { } boundary)
        {
            return Problem.Unreadable("The Content-Type of a multipart upload names its boundary.");
        }

        IReadOnlyList<FileOutcome> outcomes;
        try
        {
            var reader = new MultipartReader(boundary, request.Body, 16 * 1024) { HeadersCountLimit = 16, HeadersLengthLimit = 16 * 1024 };
            outcomes = await receiving.ReceiveAsync(caller.TenantId, reader, cancellationToken);
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException and not BadHttpRequestException)
        {
            return Problem.Unreadable("The body is not a whole multipart document.");
        }

        if (outcomes.Count == 0)
        {
            return Problem.Validation("/files", $"Send at least one file in the field '{UploadReceiving.Field}'.");
        }

        return await EnterAsync(
            shelf, caller.TenantId, outcomes, outcome => $"/files/{outcome.Part}", outcome => $"{outcome.File}: {outcome.Reason}", cancellationToken);
    }

    private static async Task<Results<Created<AssetIntake>, ProblemHttpResult>> Import(
        ImportRequest body, Caller caller, AssetImporter importer, IOptions<AssetsOptions> options, CancellationToken cancellationToken)
    {
        var urls = body.Urls ?? [];
        if (urls.Count == 0 || urls.Count > options.Value.MaxImportUrls)
        {
            return Problem.Validation("/urls", $"Give 1 to {options.Value.MaxImportUrls} addresses.");
        }

        var results = new ImportResult[urls.Count];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Value.ImportParallelism, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, urls.Count, parallel, async (index, cancelled) =>
            results[index] = await importer.ImportAsync(caller.TenantId, urls[index] ?? string.Empty, cancelled));

        var refused = results.Select((result, index) => (Index: index, Reason: (result as ImportResult.Refused)?.Reason)).Where(entry => entry.Reason is not null).ToList();
        return refused.Count == urls.Count
            ? Problem.Validation(refused.ToDictionary(entry => $"/urls/{entry.Index}", entry => new[] { entry.Reason! }))
            : TypedResults.Created((string?)null, new AssetIntake(
                [.. results.OfType<ImportResult.Imported>().Select(imported => AssetResponse.From(imported.Asset))],
                [.. refused.Select(entry => new FileError(urls[entry.Index], entry.Reason!))]));
    }

    private static async Task<Results<Ok<AssetPage>, ProblemHttpResult>> List(
        [AsParameters] AssetQuery query, Caller caller, LibraryReading reading, CancellationToken cancellationToken) =>
        query.Errors() is { } errors ? Problem.Validation(errors) : TypedResults.Ok(await reading.PageAsync(query, caller.TenantId, cancellationToken));

    private static async Task<Results<Ok<AssetResponse>, ProblemHttpResult>> Get(long id, Caller caller, LibraryReading reading, CancellationToken cancellationToken) =>
        await reading.FindAsync(id, caller.TenantId, cancellationToken) is { } found ? TypedResults.Ok(found) : Problem.NotFound("asset");

    private static async Task<Results<Created<AssetIntake>, ProblemHttpResult>> EnterAsync(
        AssetShelf shelf, long tenantId, IReadOnlyList<FileOutcome> outcomes, Func<FileOutcome, string> pointer, Func<FileOutcome, string> message, CancellationToken cancellationToken)
    {
        var good = outcomes.Where(outcome => outcome.Media is not null).ToList();
        if (good.Count == 0)
        {
            return Problem.Validation(outcomes.Take(MaxErrorsTold).GroupBy(pointer).ToDictionary(group => group.Key, group => group.Select(message).ToArray()));
        }

        var assets = await shelf.AddAsync(tenantId, [.. good.Select(outcome => new NewAsset(outcome.File, outcome.Media!))], cancellationToken);
        var lost = good.Where((_, index) => assets[index] is null).Select(outcome => outcome with { Reason = AssetShelf.DeletedMeanwhile });
        return TypedResults.Created((string?)null, new AssetIntake(
            [.. assets.OfType<Asset>().Select(AssetResponse.From)],
            [.. outcomes.Where(outcome => outcome.Reason is not null).Concat(lost).Select(outcome => new FileError(outcome.File, outcome.Reason!))]));
    }

    private static string? Boundary(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && HeaderUtilities.RemoveQuotes(type.Boundary) is { HasValue: true, Length: > 0 and <= MaxBoundaryLength } boundary
            ? boundary.Value
            : null;

    /// <summary>The form as OpenAPI describes it; the handler reads the body as a stream.</summary>
    private sealed record UploadForm(IFormFileCollection Files);
}
