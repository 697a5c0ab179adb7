namespace PipelineService.Orchestration;

/// <summary>
/// How much of a lane's work is in flight, and in what portions. A window is right when an item waits about <see cref="OrchestrationOptions.WindowTime"/>
/// from its claim to its record beside the time it is worked on: less, and workers run dry; more, and whoever comes next waits behind it. Pure.
/// </summary>
public static class PaceRule
{
    private const int MostItems = 64;
    private const int MessagesInFlight = 4;
    private const double SlowSeconds = 0.5;

    /// <param name="wait">Mean time in flight of the last half window, less the time worked on.</param>
    /// <param name="filled">The window was what held more back.</param>
    public static double AfterResults(double window, TimeSpan wait, bool filled, OrchestrationOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var factor = Math.Clamp(options.WindowTime / TimeSpan.FromTicks(Math.Max(1, wait.Ticks)), 0.5, filled ? 2 : 1);
        return Math.Clamp(window * factor, options.MinWindow, Math.Max(options.MinWindow, options.MaxWindow));
    }

    /// <summary>
    /// A lane that was silent for longer than its items take begins again with little: what was fast may be slow when it comes back, and the first items of a
    /// run are through all of its steps the sooner, the fewer go with them.
    /// </summary>
    /// <param name="service">Mean seconds an item is worked on; infinity when unknown.</param>
    public static double AfterSilence(double window, double service, TimeSpan silent, OrchestrationOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return silent.TotalSeconds > Math.Max(options.SilentAfter.TotalSeconds, 2 * service) ? options.MinWindow : window;
    }

    /// <summary>Items a message: one where work is slow, so that no item waits behind another; else a portion of the window, so that several workers share it.</summary>
    /// <param name="service">Mean seconds an item is worked on; infinity when unknown.</param>
    public static int MessageSize(double window, double service) => service > SlowSeconds ? 1 : (int)Math.Clamp(window / MessagesInFlight, 1, MostItems);
}
