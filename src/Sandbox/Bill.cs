using Sandbox.Jobs;

namespace Sandbox;

/// <summary>What was accepted and what of it counts. The fields beside <see cref="Providers"/> are those of all jobs that go through a queue: fal's and Replicate's.</summary>
/// <param name="SentTwice">Jobs of the asker's that were accepted more than once.</param>
/// <param name="Units">Model → billed units: images, clips, or seconds of video.</param>
/// <param name="Uploads">Files that were put into the storage.</param>
internal sealed record Bill(int Accepted, int Finished, int Failed, int SentTwice, IReadOnlyDictionary<string, decimal> Units, int Uploads)
{
    /// <summary>Provider → what it accepted.</summary>
    public required IReadOnlyDictionary<string, VendorBill> Providers { get; init; }

    /// <param name="uploads">Vendor → files.</param>
    public static Bill Of(IReadOnlyList<Job> jobs, IReadOnlyDictionary<string, int> uploads, IReadOnlyList<IVendorBook> books) => new(
        jobs.Count,
        jobs.Count(job => job.Outcome is { Ok: true }),
        jobs.Count(job => job.Outcome is { Ok: false }),
        jobs.Where(job => job.Key.Length > 0).GroupBy(job => (job.Vendor, job.Key)).Count(same => same.Count() > 1),
        jobs.Where(job => job.Outcome is { Ok: true }).GroupBy(job => job.Model.Id).ToDictionary(same => same.Key, same => same.Sum(job => job.Outcome!.Units)),
        uploads.Values.Sum())
    {
        Providers = books.ToDictionary(book => book.Vendor, book => VendorBill.Of(book.All()) with { Uploads = uploads.GetValueOrDefault(book.Vendor) }),
    };
}

/// <param name="SentTwice">Requests of the asker's that were accepted more than once.</param>
/// <param name="Dollars">US dollars, by the catalog's prices.</param>
internal sealed record VendorBill(int Accepted, int Finished, int Failed, int SentTwice, decimal Dollars)
{
    /// <summary>Files that were put into its storage.</summary>
    public int Uploads { get; init; }

    public static VendorBill Of(IReadOnlyList<Accepted> calls) => new(
        calls.Count,
        calls.Count(call => call.Status is 200),
        calls.Count(call => call.Status is not (null or 200)),
        calls.Where(call => call.Key.Length > 0).GroupBy(call => call.Key).Count(same => same.Count() > 1),
        calls.Sum(call => call.Dollars ?? 0));
}
