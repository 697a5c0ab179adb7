namespace Gateway.Frontend;

/// <summary>Section <c>Frontend</c>.</summary>
internal sealed class FrontendOptions
{
    /// <summary>The folder of the built web app, absolute or below the gateway's own folder. Without an index.html in it the gateway serves the API alone.</summary>
    public string Root { get; set; } = "wwwroot";
}
