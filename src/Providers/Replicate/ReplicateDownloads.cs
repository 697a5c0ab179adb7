using Microsoft.Extensions.Options;
using Providers.Http;

namespace Providers.Replicate;

/// <summary>Results, from Replicate's media hosts.</summary>
internal sealed class ReplicateDownloads(IOptions<ReplicateOptions> options)
    : VendorDownloads("Replicate", options.Value.AllowedHosts, options.Value.TransferTimeout, "the predictions at replicate.com");
