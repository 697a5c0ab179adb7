using System.Diagnostics;

namespace Jobs;

internal static class Tracing
{
    public static readonly ActivitySource Source = new("Pipeline.Worker");
}
