using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Memory;

namespace ServiceDefaults.Telemetry;

/// <summary>Frameworks speak up from Warning on, our own code from Information on. Any <c>Logging:LogLevel</c> setting goes before.</summary>
internal static class LogLevels
{
    private static readonly string[] Frameworks =
        ["Microsoft.AspNetCore", "Microsoft.EntityFrameworkCore", "System.Net.Http.HttpClient", "Polly", "Yarp.ReverseProxy"];

    public static void AddLogLevels(this WebApplicationBuilder builder) =>
        ((IConfigurationBuilder)builder.Configuration).Sources.Insert(0, new MemoryConfigurationSource
        {
            InitialData = Frameworks.Select(category => KeyValuePair.Create($"Logging:LogLevel:{category}", (string?)"Warning")),
        });
}
