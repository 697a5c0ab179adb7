using Microsoft.Extensions.Options;
using Providers.Http;

namespace Providers.Fal;

/// <summary>Results, from fal's media hosts.</summary>
internal sealed class FalDownloads(IOptions<FalOptions> options)
    : VendorDownloads("fal", options.Value.AllowedHosts, options.Value.TransferTimeout, "fal's request history");
