using System.Globalization;
using System.Text.RegularExpressions;
using Contracts.Generation;

namespace Providers.NoOp;

/// <summary>
/// What a prompt tells the no-op provider to do: <c>[fail:content_refused]</c> always, <c>[fail-once:provider_down]</c> the first time,
/// <c>[slow:500]</c> that many milliseconds more, <c>[lost-once:silence]</c> accepts the work and never answers the first time,
/// <c>[lost-once:break]</c> breaks the connection off instead.
/// </summary>
internal sealed partial record NoOpScript(FailureKind? Fail, FailureKind? FailOnce, TimeSpan Slow, LostAnswer? LostOnce)
{
    private static readonly NoOpScript Plain = new(null, null, TimeSpan.Zero, null);

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
                "lost-once" => Enum.TryParse<LostAnswer>(value, ignoreCase: true, out var lost) ? script with { LostOnce = lost } : script,
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

    [GeneratedRegex(@"\[(?<verb>fail-once|fail|lost-once|slow):(?<value>[a-z0-9_]{1,32})\]", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Marker();
}

/// <summary>How the answer to an accepted request fails to arrive.</summary>
internal enum LostAnswer
{
    Silence,
    Break,
}
