using Contracts.Generation;

namespace Providers.Http;

/// <summary>A submit to a vendor that knows no idempotency key: what broke off before it could have arrived may be sent again, anything else may have been bought.</summary>
internal static class VendorSubmit
{
    /// <param name="vendor">For people.</param>
    /// <param name="unknown">The failure of a submit whose fate is unknown, from what happened.</param>
    public static async Task<ProviderResult> GuardAsync(string vendor, Func<string, ItemFailure> unknown, Func<Task<ProviderResult>> submit)
    {
        try
        {
            return await submit();
        }
        catch (HttpRequestException exception) when (VendorHttp.NeverArrived(exception))
        {
            return new ProviderResult.Failed(new ItemFailure(FailureKind.ProviderDown, $"{vendor} could not be reached, so nothing was asked for."));
        }
        catch (TimeoutException exception)
        {
            return new ProviderResult.Failed(unknown(exception.Message));
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            return new ProviderResult.Failed(unknown($"The connection to {vendor} broke off while it was asked."));
        }
    }

    /// <summary>It may have been bought.</summary>
    /// <param name="where">Where one can see what became of it, for example <c>fal's request history</c>.</param>
    public static ItemFailure Unknown(string what, string where) => new(
        FailureKind.OutcomeUnknown, $"{what} It may have been bought, so it is not sent again by itself; look at {where}, then retry.");
}
