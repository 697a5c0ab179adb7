using System.Runtime.CompilerServices;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

// Process groups, signals, file modes, /proc.
[assembly: System.Runtime.Versioning.SupportedOSPlatform("linux")]

namespace LocalHosting;

internal sealed record ExecutionContext(bool IsPublishMode);

internal sealed record HostEnvironment(string EnvironmentName);

internal sealed class DistributedApplicationBuilder
{
    private readonly List<Resource> _resources = [];

    public DistributedApplicationBuilder(string[] args, string appHostDirectory)
    {
        AppHostDirectory = appHostDirectory;
        State = StateFolder.From(args, Path.GetFullPath("../../.run", appHostDirectory));
        Configuration = new ConfigurationManager();
        ((IConfigurationBuilder)Configuration)
            .AddInMemoryCollection([new("Media:Root", Path.Combine(State.Root, "media"))])
            .AddEnvironmentVariables();
    }

    public string AppHostDirectory { get; }

    public ConfigurationManager Configuration { get; }

    public StateFolder State { get; }

    public HostEnvironment Environment { get; } = new(Environments.Development);

    public ExecutionContext ExecutionContext { get; } = new(IsPublishMode: false);

    public IResourceBuilder<T> AddResource<T>(T resource)
        where T : Resource
    {
        if (_resources.Any(other => other.Name == resource.Name))
        {
            throw new InvalidOperationException($"There are two resources named '{resource.Name}'.");
        }

        _resources.Add(resource);
        return new ResourceBuilder<T>(this, resource);
    }

    public DistributedApplication Build() => new(_resources, State);
}

/// <summary>
/// Runs the app model of AppHost.cs as processes of this machine, with PostgreSQL, RabbitMQ and Redis from installed programs.
/// It has the shape of Aspire's class so that one file serves both; it is not Aspire.
/// </summary>
internal sealed class DistributedApplication(IReadOnlyList<Resource> resources, StateFolder state)
{
    public static DistributedApplicationBuilder CreateBuilder(string[] args, [CallerFilePath] string appHost = "") =>
        new(args, Path.GetDirectoryName(appHost)!);

    public void Run()
    {
        Environment.ExitCode = state.Verb switch
        {
            "--print-environment" => PrintEnvironment(),
            "--down" => Down(),
            "--reset" => Reset(),
            "--status" => StatusFile.Print(state),
            _ => Guarded(() => new Supervisor(Wanted(), state).RunAsync().GetAwaiter().GetResult()),
        };
    }

    private IReadOnlyList<Resource> Wanted() => state.ServersOnly ? [.. resources.OfType<ServerResource>()] : resources;

    private static int Guarded(Func<int> run)
    {
        try
        {
            return run();
        }
        catch (HostingException exception)
        {
            Console.Error.WriteLine(exception.Message);
            return 1;
        }
    }

    private int PrintEnvironment()
    {
        foreach (var project in resources.OfType<ProjectResource>())
        {
            Console.WriteLine($"== {project.Name} x {project.Replicas}");
            foreach (var (name, value) in project.EnvironmentOf(replica: 1))
            {
                Console.WriteLine($"   {name} = {value}");
            }
        }

        return 0;
    }

    private int Down()
    {
        var stopped = state.Processes.StopAll();
        Console.WriteLine(stopped ? "Pipeline is down." : "Pipeline was not running.");
        return 0;
    }

    private int Reset()
    {
        state.Processes.StopAll();
        state.Delete();
        Console.WriteLine("Everything Pipeline had stored is deleted.");
        return 0;
    }
}

/// <summary>Something a person can put right; shown without a stack.</summary>
internal sealed class HostingException(string message) : Exception(message);
