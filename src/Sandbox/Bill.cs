using Sandbox.Fal;

namespace Sandbox;

/// <summary>What was accepted and what of it counts. The fields beside <see cref="Providers"/> are fal's.</summary>
/// <param name="SentTwice">Jobs of the asker's that were accepted more than once.</param>
/// <param name="Units">Model → billed units: images, or seconds of video.</param>
internal sealed record Bill(int Accepted, int Finished, int Failed, int SentTwice, IReadOnlyDictionary<string, decimal> Units)
{
    /// <summary>Files that were put into the storage.</summary>
    public int Uploads { get; init; }

    /// <summary>Provider → what it accepted, fal too.</summary>
    public IReadOnlyDictionary<string, VendorBill> Providers { get; init; } = new Dictionary<string, VendorBill>();

    public static Bill Of(IReadOnlyList<FalJob> jobs) => new(
        jobs.Count,
        jobs.Count(job => job.Outcome is { Ok: true }),
        jobs.Count(job => job.Outcome is { Ok: false }),
        jobs.Where(job => job.Key.Length > 0).GroupBy(job => job.Key).Count(same => same.Count() > 1),
        jobs.Where(job => job.Outcome is { Ok: true }).GroupBy(job => job.Model.Id).ToDictionary(same => same.Key, same => same.Sum(job => job.Outcome!.Units)));
}

/// <param name="SentTwice">Requests of the asker's that were accepted more than once.</param>
/// <param name="Dollars">US dollars; null where the vendor states none.</param>
internal sealed record VendorBill(int Accepted, int Finished, int Failed, int SentTwice, decimal? Dollars)
{
    public static VendorBill Of(IReadOnlyList<Accepted> calls) => new(
        calls.Count,
        calls.Count(call => call.Status is 200),
        calls.Count(call => call.Status is not (null or 200)),
        calls.Where(call => call.Key.Length > 0).GroupBy(call => call.Key).Count(same => same.Count() > 1),
        calls.Any(call => call.Dollars is not null) ? calls.Sum(call => call.Dollars ?? 0) : null);
}
