namespace Sandbox.Fal;

/// <summary>Who may ask.</summary>
internal static class FalAccess
{
    public static IResult Refusal { get; } = Results.Json(new { detail = "Invalid or missing credentials" }, statusCode: StatusCodes.Status401Unauthorized);

    public static bool Allows(HttpContext context, SandboxOptions options) => Here.Allows(context, "Key " + options.Key);
}
