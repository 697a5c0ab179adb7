using System.ComponentModel.DataAnnotations;

namespace Gateway.Accounts;

/// <summary>Section <c>Sessions</c>.</summary>
internal sealed class SignInOptions
{
    /// <summary>How long a browser stays signed in, an hour to a year.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "366.00:00:00")]
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromDays(30);

    /// <summary>Origins besides the gateway's own whose pages may use the cookie, such as a development server in front: <c>http://localhost:5173</c>.</summary>
    public IReadOnlyList<string> AllowedOrigins { get; set; } = [];
}
