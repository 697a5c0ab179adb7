using System.Globalization;
using System.Text.RegularExpressions;
using Contracts.Generation;

namespace Providers.NoOp;

/// <summary>
/// What a prompt tells the no-op provider to do: <c>[fail:content_refused]</c> always, <c>[fail-once:provider_down]</c> the first time,
/// <c>[slow:500]</c> that many milliseconds more.
/// </summary>
internal sealed partial record NoOpScript(FailureKind? Fail, FailureKind? FailOnce, TimeSpan Slow)
{
    private static readonly NoOpScript Plain = new(null, null, TimeSpan.Zero);

    public static NoOpScript Of(string prompt)
    {
        if (!prompt.Contains('[', StringComparison.Ordinal))
        {
            return Plain;
        }

        var script = Plain;
        foreach (Match match in Marker().Matches(prompt))
        {
            var value = match.Groups["value"].Value;
            script = match.Groups["verb"].Value switch
            {
                "fail" => script with { Fail = Kind(value) },
                "fail-once" => script with { FailOnce = Kind(value) },
                _ => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds)
                    ? script with { Slow = TimeSpan.FromMilliseconds(milliseconds) }
                    : script,
            };
        }

        return script;
    }

    private static FailureKind Kind(string name) =>
        Enum.TryParse<FailureKind>(name.Replace("_", "", StringComparison.Ordinal), ignoreCase: true, out var kind) && Enum.IsDefined(kind)
            ? kind
            : FailureKind.InvalidRequest;

    [GeneratedRegex(@"\[(?<verb>fail-once|fail|slow):(?<value>[a-z0-9_]{1,32})\]", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Marker();
}
