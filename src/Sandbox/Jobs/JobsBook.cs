using Providers.Catalog;

namespace Sandbox.Jobs;

/// <summary>The jobs of one vendor as its book: what it made is paid for at the catalog's price.</summary>
internal sealed class JobsBook(string vendor, JobQueue queue) : IVendorBook
{
    public string Vendor => vendor;

    public IReadOnlyList<Accepted> All() =>
    [
        .. queue.All().Where(job => job.Vendor == vendor).Select(job => new Accepted(job.Id, job.Key, job.Model.Id, job.Prompt, job.Fault, job.SubmittedAt)
        {
            Stage = job.State.ToString(), Status = job.Outcome is { } outcome ? Status(outcome) : null, Dollars = Dollars(job),
        }),
    ];

    private static decimal? Dollars(Job job) => job.Outcome switch
    {
        null => null,
        { Units: > 0 } => CostFormula.PriceOf(job.Model.At(job.Vendor).Price, job.Read().Parameters).Amount,
        _ => 0m,
    };

    private static int Status(JobOutcome outcome) => outcome.End switch
    {
        _ when outcome.Ok => 200,
        JobEnd.Cancelled => 499,
        JobEnd.ModelError => 500,
        JobEnd.TimedOut => 504,
        _ => 422,
    };
}
