using System.Globalization;
using ServiceDefaults.Problems;

namespace CostService.Usage;

internal enum UsageGroup
{
    Day,
    Model,
    Pipeline,
    Provider,
}

/// <summary>What usage is asked for: charges from <paramref name="From"/> until before <paramref name="To"/>.</summary>
internal sealed record UsageQuery(DateTimeOffset From, DateTimeOffset To, UsageGroup GroupBy)
{
    private const string Accepted = "Use a date such as 2026-11-24 or an RFC 3339 time such as 2026-11-24T12:00:00Z.";

    /// <summary>Reads the query's words. A date as <c>to</c> includes that day; days are UTC.</summary>
    /// <returns>Null when <paramref name="errors"/> has something to say.</returns>
    public static UsageQuery? Read(string? from, string? to, string? groupBy, DateTimeOffset now, UsageOptions options, ProblemErrors errors)
    {
        var until = to is null ? now : Time("/to", to, TimeSpan.FromDays(1), errors);
        var since = from is null ? (until ?? now) - TimeSpan.FromDays(options.DefaultDays) : Time("/from", from, TimeSpan.Zero, errors);
        if (since >= until)
        {
            errors.Add("/from", "It has to be before 'to'.");
        }
        else if (until - since > TimeSpan.FromDays(options.MaxDays))
        {
            errors.Add("/from", $"At most {options.MaxDays} days can be looked at together.");
        }

        var group = UsageGroup.Day;
        if (groupBy is not null && !TryGroup(groupBy, out group))
        {
            errors.Add("/group_by", "Use day, model, pipeline or provider.");
        }

        return errors.Any ? null : new UsageQuery(since!.Value, until!.Value, group);
    }

    private static DateTimeOffset? Time(string pointer, string text, TimeSpan dayAdds, ProblemErrors errors)
    {
        const DateTimeStyles utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        if (DateTimeOffset.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, utc, out var day) && day < DateTimeOffset.MaxValue - dayAdds)
        {
            return day + dayAdds;
        }

        if (text.Contains('T', StringComparison.OrdinalIgnoreCase) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, utc, out var time))
        {
            return time;
        }

        errors.Add(pointer, Accepted);
        return null;
    }

    private static bool TryGroup(string word, out UsageGroup group)
    {
        (var known, group) = word switch
        {
            "day" => (true, UsageGroup.Day),
            "model" => (true, UsageGroup.Model),
            "pipeline" => (true, UsageGroup.Pipeline),
            "provider" => (true, UsageGroup.Provider),
            _ => (false, UsageGroup.Day),
        };
        return known;
    }
}
