using System.ComponentModel;
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

    public static void MapUsage(this WebApplication app) => app.MapGet("/usage", Read).WithName("get_usage").WithTags("Costs").WithProblems(422)
        .WithExample(200, """
            { "from": "2026-11-01T00:00:00Z", "to": "2026-12-01T00:00:00Z", "group_by": "model", "currency": "USD",
              "total": { "count": 75, "amount": 11.355, "simulated_count": 0, "simulated_amount": 0 },
              "data": [ { "key": "kling", "count": 30, "amount": 10.5, "simulated_count": 0, "simulated_amount": 0 },
                        { "key": "kling-image", "count": 30, "amount": 0.84, "simulated_count": 0, "simulated_amount": 0 },
                        { "key": "prompt_enhance", "count": 15, "amount": 0.015, "simulated_count": 0, "simulated_amount": 0 } ],
              "next_cursor": null }
            """);

    /// <summary>Sums up what the tenant used, by day, model, pipeline or provider. Simulated outputs stand apart: nobody was charged for them.</summary>
    private static async Task<Results<Ok<UsageReport>, ProblemHttpResult>> Read(
        Caller caller, UsageReader usage, IOptions<UsageOptions> options, TimeProvider time, CancellationToken cancellationToken,
        [Description("A date or time, included; 30 days before `to` without it.")] string? from = null,
        [Description("A date, included, or a time, not included; now without it.")] string? to = null,
        [Description("day (default), model, pipeline or provider."), FromQuery(Name = "group_by"), Words<UsageGroup>] string? groupBy = null)
    {
        var errors = new ProblemErrors();
        return UsageQuery.Read(from, to, groupBy, time.GetUtcNow(), options.Value, errors) is { } query
            ? TypedResults.Ok(await usage.ReadAsync(caller.TenantId, query, options.Value.MaxRows, cancellationToken))
            : Problem.Validation(errors.ToDictionary());
    }
}
