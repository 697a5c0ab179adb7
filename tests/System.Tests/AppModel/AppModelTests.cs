using System.Diagnostics;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Testing.Studio;

[assembly: System.Runtime.Versioning.SupportedOSPlatform("linux")]

namespace System.Tests.AppModel;

/// <summary>One app model, two hosts: what LocalHost gives a service must be what Aspire would give it.</summary>
public sealed partial class AppModelTests : IDisposable
{
    private readonly string _state = Directory.CreateTempSubdirectory("pipeline-model-").FullName;

    private static string Root => Repository.Root;

    public void Dispose() => Directory.Delete(_state, recursive: true);

    [Fact]
    public async Task Every_service_finds_in_its_environment_what_Aspire_would_put_there()
    {
        var expected = Sections(await File.ReadAllLinesAsync(Path.Combine(AppContext.BaseDirectory, "AppModel", "expected-environment.txt")));
        var actual = Sections((await PrintEnvironmentAsync()).Split('\n'));

        Assert.Equal(expected.Keys.Order(), actual.Keys.Order());
        foreach (var (service, variables) in expected)
        {
            Assert.Equal(variables.Order(), actual[service].Order());
        }
    }

    [Fact]
    public async Task Generated_secrets_and_ports_stay_the_same_from_run_to_run()
    {
        var first = await PrintEnvironmentAsync();
        var second = await PrintEnvironmentAsync();

        Assert.Equal(first, second);
    }

    [Fact]
    public async Task Secrets_can_be_read_by_their_owner_only()
    {
        await PrintEnvironmentAsync();

        foreach (var secret in new[] { "demo-api-key", "internal-signing-key", "postgres-server-password", "rabbitmq-password", "redis-password" })
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(_state, secret)));
        }
    }

    [Fact]
    public async Task Ports_lie_below_the_range_of_outgoing_connections()
    {
        await PrintEnvironmentAsync();

        var ports = Numbers().Matches(await File.ReadAllTextAsync(Path.Combine(_state, "ports.json"))).Select(match => int.Parse(match.Value)).ToList();
        Assert.NotEmpty(ports);
        Assert.Equal(ports.Count, ports.Distinct().Count());
        Assert.All(ports, port => Assert.InRange(port, 20_000, 32_767));
    }

    [Fact]
    public void AppHost_and_LocalHost_list_the_same_projects()
    {
        Assert.Equal(Projects("src/AppHost/AppHost.csproj", "ProjectReference"), Projects("src/LocalHost/LocalHost.csproj", "ServiceProject"));
    }

    [Fact]
    public void Every_project_of_the_list_is_in_the_model()
    {
        var model = File.ReadAllText(Path.Combine(Root, "src/AppHost/AppHost.cs"));

        Assert.All(Projects("src/AppHost/AppHost.csproj", "ProjectReference"), project => Assert.Contains($"AddProject<Projects.{project}>(", model, StringComparison.Ordinal));
    }

    /// <summary>A launch profile would bring endpoints of its own under Aspire, beside those of AppHost.cs.</summary>
    [Fact]
    public void No_service_has_a_launch_profile()
    {
        Assert.All(
            Projects("src/AppHost/AppHost.csproj", "ProjectReference"),
            project => Assert.False(File.Exists(Path.Combine(Root, "src", project, "Properties", "launchSettings.json")), project));
    }

    private static List<string> Projects(string file, string element) =>
        [.. XDocument.Load(Path.Combine(Root, file)).Descendants(element)
            .Select(reference => reference.Attribute("Include")!.Value)
            .Where(path => path.EndsWith(".csproj", StringComparison.Ordinal))
            .Select(path => Path.GetFileNameWithoutExtension(path))
            .Order(StringComparer.Ordinal)];

    private async Task<string> PrintEnvironmentAsync()
    {
        var host = Path.Combine(AppContext.BaseDirectory, "LocalHost.dll");
        using var process = Process.Start(new ProcessStartInfo("dotnet", [host, "--print-environment", "--state", _state])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
            // What a developer has set must not decide a test.
            Environment = { ["Fal__Key"] = null, ["OpenAI__ApiKey"] = null, ["Anthropic__ApiKey"] = null, ["Replicate__Token"] = null, ["Media__Root"] = null },
        })!;
        var errors = process.StandardError.ReadToEndAsync();
        var text = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, await errors);
        return text;
    }

    private Dictionary<string, List<string>> Sections(IEnumerable<string> lines)
    {
        var sections = new Dictionary<string, List<string>>();
        List<string>? variables = null;
        foreach (var line in lines.Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#'))
        {
            if (line.StartsWith("== ", StringComparison.Ordinal))
            {
                sections[line] = variables = [];
            }
            else if (!line.StartsWith(LocalHostOnly, StringComparison.Ordinal))
            {
                variables!.Add(Masked(line));
            }
        }

        return sections;
    }

    /// <summary>One line a message, for the console of LocalHost; Aspire's dashboard has no use for it.</summary>
    private const string LocalHostOnly = "LOGGING__CONSOLE__FORMATTEROPTIONS__SINGLELINE";

    private string Masked(string line)
    {
        line = line.Replace(_state, "<state>", StringComparison.Ordinal).Replace(Root, "<root>", StringComparison.Ordinal);
        line = Address().Replace(line, "<host>:<port>");
        line = Host().Replace(line, "$1<host>");
        line = Port().Replace(line, "$1<port>");
        line = Password().Replace(line, "$1<password>$2");
        return Generated().Replace(line, "$1<generated>");
    }

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Numbers();

    [GeneratedRegex(@"(?:127\.0\.0\.1|localhost):\d+")]
    private static partial Regex Address();

    [GeneratedRegex(@"(_HOST = |Host=)127\.0\.0\.1")]
    private static partial Regex Host();

    [GeneratedRegex(@"(_PORT = |Port=)\d+")]
    private static partial Regex Port();

    [GeneratedRegex("(_PASSWORD = |Password=|password=|://[a-z]*:)[A-Za-z0-9]{24}(@?)")]
    private static partial Regex Password();

    [GeneratedRegex("^((?:Internal__SigningKey|Demo__ApiKey) = )[A-Za-z0-9]{40,}")]
    private static partial Regex Generated();
}
