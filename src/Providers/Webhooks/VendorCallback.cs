using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Providers.Webhooks;

/// <summary>
/// The address that a vendor calls when a job has ended. It names our request, so that a job whose answer was lost is found again; a proof keeps others, who may have
/// the vendor call any address with jobs of their own, from naming it. Pure.
/// </summary>
/// <param name="TenantId">Whose request it is.</param>
/// <param name="Job">Our key of the request.</param>
/// <param name="Place">What else the job is looked after with; empty for nothing.</param>
internal readonly record struct VendorCallback(long TenantId, string Job, string Place = "")
{
    private const int ProofCharacters = 32;

    /// <param name="url">Ours; what stands behind its path is left out.</param>
    /// <param name="key">The one that the job is asked for with.</param>
    public string Address(Uri url, string key) => string.Create(
        CultureInfo.InvariantCulture,
        $"{url.GetLeftPart(UriPartial.Path)}?tenant={TenantId}&job={Uri.EscapeDataString(Job)}&place={Uri.EscapeDataString(Place)}&proof={Proof(key)}");

    /// <summary>Where a vendor calls: as configured, or the usual place of an address without a path.</summary>
    public static Uri? Usual(Uri? configured, string vendor) => configured is { AbsolutePath: "/" } ? new Uri(configured, "/webhooks/" + vendor) : configured;

    /// <summary>What an address says; null when it says nothing. Nothing is proven by that.</summary>
    public static VendorCallback? Read(IQueryCollection query) =>
        long.TryParse(query["tenant"].ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var tenant) && query["job"].ToString() is { Length: > 0 } job
            ? new VendorCallback(tenant, job, query["place"].ToString())
            : null;

    /// <summary>Whether the address was made with this key.</summary>
    public bool IsProven(IQueryCollection query, string key) =>
        key.Length > 0 && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(query["proof"].ToString()), Encoding.UTF8.GetBytes(Proof(key)));

    private string Proof(string key) => Convert.ToHexStringLower(HMACSHA256.HashData(
        Encoding.UTF8.GetBytes("callback " + key), Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{TenantId}\n{Job}\n{Place}"))))[..ProofCharacters];
}
