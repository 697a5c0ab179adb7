using Microsoft.OpenApi;

namespace ServiceDefaults.OpenApi;

/// <summary>How a client says who it is: an API key, or the web app's session.</summary>
public static class SecuritySchemes
{
    public const string Bearer = "bearer";
    public const string Session = "session";

    /// <summary>The web app's session cookie.</summary>
    public const string SessionCookie = "pipeline_session";

    internal static void AddTo(OpenApiDocument document)
    {
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [Bearer] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "An API key: `Authorization: Bearer pk_…`." },
            [Session] = new OpenApiSecurityScheme { Type = SecuritySchemeType.ApiKey, In = ParameterLocation.Cookie, Name = SessionCookie, Description = "The web app's session." },
        };
    }

    /// <summary>Either of the two.</summary>
    internal static List<OpenApiSecurityRequirement> Required(OpenApiDocument document) =>
    [
        new() { [new OpenApiSecuritySchemeReference(Bearer, document)] = [] },
        new() { [new OpenApiSecuritySchemeReference(Session, document)] = [] },
    ];
}
