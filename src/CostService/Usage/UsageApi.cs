using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using ServiceDefaults.Identity;
using ServiceDefaults.OpenApi;
using ServiceDefaults.Problems;

namespace CostService.Usage;

internal static class UsageApi
{
    public static void AddUsage(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<UsageOptions>().BindConfiguration(UsageOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<UsageReader>();
    }

    public static void MapUsage(this WebApplication app) => app.MapGet("/usage", Read).WithName("get_usage").WithProblems(422);

    /// <summary>Sums up what the tenant used, by day, model or pipeline. Simulated outputs stand apart: nobody was charged for them.</summary>
    /// <param name="from">A date or time, included; 30 days before <c>to</c> without it.</param>
    /// <param name="to">A date, included, or a time, not included; now without it.</param>
    /// <param name="groupBy">day (default), model or pipeline.</param>
    private static async Task<Results<Ok<UsageReport>, ProblemHttpResult>> Read(
        Caller caller, UsageReader usage, IOptions<UsageOptions> options, TimeProvider time, CancellationToken cancellationToken,
        string? from = null, string? to = null, [FromQuery(Name = "group_by")] string? groupBy = null)
    {
        var errors = new ProblemErrors();
        return UsageQuery.Read(from, to, groupBy, time.GetUtcNow(), options.Value, errors) is { } query
            ? TypedResults.Ok(await usage.ReadAsync(caller.TenantId, query, options.Value.MaxRows, cancellationToken))
            : Problem.Validation(errors.ToDictionary());
    }
}
