using Microsoft.Extensions.Configuration;

namespace LocalHosting;

// The verbs of the app model: those calls of Aspire.Hosting 13.5.2 that AppHost.cs makes, and no others. This is not Aspire.

internal interface IResourceBuilder<out T>
    where T : IResource
{
    T Resource { get; }

    DistributedApplicationBuilder ApplicationBuilder { get; }
}

internal sealed record ResourceBuilder<T>(DistributedApplicationBuilder ApplicationBuilder, T Resource) : IResourceBuilder<T>
    where T : IResource;

/// <summary>A value made once and kept in the state folder, where Aspire keeps it in user secrets.</summary>
internal sealed class GenerateParameterDefault
{
    public int MinLength { get; init; }

    /// <summary>Always letters and digits here.</summary>
    public bool Special { get; init; }
}

internal static class AppModel
{
    public static IResourceBuilder<ParameterResource> AddParameter(this DistributedApplicationBuilder builder, string name, string value, bool secret = false) =>
        builder.AddResource(new ParameterResource(name, () => value));

    public static IResourceBuilder<ParameterResource> AddParameter(
        this DistributedApplicationBuilder builder, string name, GenerateParameterDefault value, bool secret = false, bool persist = false) =>
        builder.AddResource(new ParameterResource(
            name, () => builder.Configuration[$"Parameters:{name}"] ?? builder.State.Secret(name, value.MinLength)));

    public static IResourceBuilder<PostgresServerResource> AddPostgres(this DistributedApplicationBuilder builder, string name) =>
        builder.AddResource(new PostgresServerResource(name, builder.State));

    public static IResourceBuilder<PostgresDatabaseResource> AddDatabase(
        this IResourceBuilder<PostgresServerResource> server, string name, string? databaseName = null) =>
        server.ApplicationBuilder.AddResource(new PostgresDatabaseResource(name, databaseName ?? name, server.Resource));

    public static IResourceBuilder<RabbitMQServerResource> AddRabbitMQ(this DistributedApplicationBuilder builder, string name) =>
        builder.AddResource(new RabbitMQServerResource(name, builder.State));

    public static IResourceBuilder<RabbitMQServerResource> WithManagementPlugin(this IResourceBuilder<RabbitMQServerResource> builder)
    {
        builder.Resource.Management = true;
        return builder;
    }

    public static IResourceBuilder<RedisResource> AddRedis(this DistributedApplicationBuilder builder, string name) =>
        builder.AddResource(new RedisResource(name, builder.State));

    /// <summary>Nothing to do: the data of a server lies in the state folder anyway.</summary>
    public static IResourceBuilder<T> WithDataVolume<T>(this IResourceBuilder<T> builder)
        where T : ServerResource => builder;

    public static IResourceBuilder<T> WithArgs<T>(this IResourceBuilder<T> builder, params string[] args)
        where T : ServerResource
    {
        builder.Resource.Arguments.AddRange(args);
        return builder;
    }

    public static IResourceBuilder<ProjectResource> AddProject<T>(this DistributedApplicationBuilder builder, string name)
        where T : IProjectMetadata, new() => builder.AddResource(new ProjectResource(name, new T().ProjectPath, builder.State));

    public static IResourceBuilder<ViteAppResource> AddViteApp(this DistributedApplicationBuilder builder, string name, string appDirectory) =>
        builder.AddResource(new ViteAppResource(name, Path.GetFullPath(appDirectory, builder.AppHostDirectory), builder.State)).WithHttpEndpoint();

    public static IResourceBuilder<T> WithHttpEndpoint<T>(this IResourceBuilder<T> builder, int? port = null, string? name = null, string? env = null)
        where T : AppResource
    {
        builder.Resource.Endpoints.Add(new Endpoint(name ?? "http", port, env));
        return builder;
    }

    public static IResourceBuilder<T> WithExternalHttpEndpoints<T>(this IResourceBuilder<T> builder)
        where T : AppResource
    {
        builder.Resource.External = true;
        return builder;
    }

    public static IResourceBuilder<T> WithHttpHealthCheck<T>(this IResourceBuilder<T> builder, string? path = null)
        where T : AppResource
    {
        builder.Resource.HealthPath = path ?? "/";
        return builder;
    }

    public static IResourceBuilder<ProjectResource> WithReplicas(this IResourceBuilder<ProjectResource> builder, int replicas)
    {
        builder.Resource.Replicas = replicas;
        return builder;
    }

    public static IResourceBuilder<T> WithEnvironment<T>(this IResourceBuilder<T> builder, string name, string? value)
        where T : AppResource => builder.Set(name, () => value ?? "");

    public static IResourceBuilder<T> WithEnvironment<T>(this IResourceBuilder<T> builder, string name, IResourceBuilder<ParameterResource> parameter)
        where T : AppResource => builder.Set(name, () => parameter.Resource.Value);

    public static IResourceBuilder<T> WithEnvironment<T>(this IResourceBuilder<T> builder, string name, EndpointReference endpoint)
        where T : AppResource => builder.Set(name, () => endpoint.Address);

    public static EndpointReference GetEndpoint(this IResourceBuilder<AppResource> builder, string name) => new(builder.Resource, name);

    public static IResourceBuilder<T> WithReference<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResourceWithConnectionString> source)
        where T : AppResource
    {
        var resource = source.Resource;
        builder.Set($"ConnectionStrings__{resource.Name}", () => resource.ConnectionString);
        foreach (var part in resource.Properties.Select(property => property.Name))
        {
            builder.Set($"{Upper(resource.Name)}_{part}", () => resource.Properties.Single(property => property.Name == part).Value);
        }

        return builder;
    }

    public static IResourceBuilder<T> WithReference<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResourceWithServiceDiscovery> source)
        where T : AppResource
    {
        var resource = source.Resource;
        foreach (var endpoint in resource.Addresses.Select(address => address.Name))
        {
            var reference = new EndpointReference(resource, endpoint);
            builder.Set($"{Upper(resource.Name)}_{Upper(endpoint)}", () => reference.Address);
            builder.Set($"services__{resource.Name}__{endpoint}__0", () => reference.Address);
        }

        return builder;
    }

    public static IResourceBuilder<T> WaitFor<T>(this IResourceBuilder<T> builder, IResourceBuilder<Resource> dependency)
        where T : Resource
    {
        builder.Resource.Waits.Add(dependency.Resource.Carrier);
        return builder;
    }

    // Publishing is Aspire's: the calls below have nothing to do here.

    public static IResourceBuilder<ComputeEnvironmentResource> AddDockerComposeEnvironment(this DistributedApplicationBuilder builder, string name) =>
        builder.AddResource(new ComputeEnvironmentResource(name));

    public static IResourceBuilder<ComputeEnvironmentResource> ConfigureComposeFile(
        this IResourceBuilder<ComputeEnvironmentResource> builder, Action<ComposeNode> configure) => builder;

    public static IResourceBuilder<T> PublishAsDockerComposeService<T>(this IResourceBuilder<T> builder, Action<IResource, ComposeNode> configure)
        where T : AppResource => builder;

    /// <summary>The gateway is given the built files' folder as <c>Frontend__Root</c>, so there is nothing to copy.</summary>
    public static IResourceBuilder<T> PublishWithContainerFiles<T>(
        this IResourceBuilder<T> builder, IResourceBuilder<IResourceWithContainerFiles> source, string destinationPath)
        where T : AppResource => builder;

    private static IResourceBuilder<T> Set<T>(this IResourceBuilder<T> builder, string name, Func<string> value)
        where T : AppResource
    {
        builder.Resource.Variables.Add((name, value));
        return builder;
    }

    private static string Upper(string name) => name.ToUpperInvariant().Replace('-', '_');
}

/// <summary>So that the compose settings in AppHost.cs compile; never made.</summary>
internal sealed class ComposeNode
{
    public DeployNode? Deploy { get; set; }

    public string? Restart { get; set; }

    public void AddVolume(VolumeNode volume) => throw new NotSupportedException("Publishing needs Aspire: use src/AppHost.");

    internal sealed record DeployNode(int Replicas = 1);

    internal sealed record VolumeNode(string Name = "", string Driver = "", string Type = "", string Source = "", string Target = "");
}
