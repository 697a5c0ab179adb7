using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Providers.Fal;

/// <summary>
/// The address that fal calls when a job has ended. It names our request, so that a job whose answer was lost is found again; a proof keeps others, who may have fal
/// call any address with jobs of their own, from naming it. Pure.
/// </summary>
internal static class FalCallback
{
    private const int ProofCharacters = 32;

    /// <param name="app">Owner and app, which the job is asked after at.</param>
    public static string Address(Uri url, string job, string app, string key) =>
        $"{url.GetLeftPart(UriPartial.Path)}?job={Uri.EscapeDataString(job)}&app={Uri.EscapeDataString(app)}&proof={Proof(job, app, key)}";

    /// <summary>The request and what its job is looked after with; nulls when nothing is proven.</summary>
    public static (string? Job, string? Handle) Read(IQueryCollection query, string id, string key)
    {
        var (job, app) = (query["job"].ToString(), query["app"].ToString());
        var given = Encoding.UTF8.GetBytes(query["proof"].ToString());
        return job.Length > 0 && FalHandle.IsId(id) && CryptographicOperations.FixedTimeEquals(given, Encoding.UTF8.GetBytes(Proof(job, app, key)))
            ? (job, new FalHandle(id, $"/{app}/requests/{id}").ToString())
            : (null, null);
    }

    private static string Proof(string job, string app, string key) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes("callback " + key), Encoding.UTF8.GetBytes($"{job}\n{app}")))[..ProofCharacters];
}
