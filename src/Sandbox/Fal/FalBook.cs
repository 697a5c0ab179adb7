using Providers;

namespace Sandbox.Fal;

/// <summary>fal's jobs as a book. What its units cost is not fal's to say.</summary>
internal sealed class FalBook(FalQueue queue) : IVendorBook
{
    public string Vendor => ProviderNames.Fal;

    public IReadOnlyList<Accepted> All() =>
    [
        .. queue.All().Select(job => new Accepted(job.Id, job.Key, job.Model.Id, job.Prompt, job.Fault, job.SubmittedAt) { Stage = job.State.ToString(), Status = job.Outcome?.Status }),
    ];
}
