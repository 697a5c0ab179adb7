using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Providers.Tests;

/// <summary>The providers as a service gets them, over a store and a folder of this test's own.</summary>
internal sealed class Rig : IDisposable
{
    private readonly IHost _host;

    public Rig(params (string Key, string? Value)[] settings)
        : this(null, settings)
    {
    }

    /// <param name="services">Added before the library's own.</param>
    public Rig(Action<IServiceCollection>? services, params (string Key, string? Value)[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(settings
            .Select(setting => KeyValuePair.Create(setting.Key, setting.Value))
            .Prepend(KeyValuePair.Create<string, string?>("Media:Root", Path.Combine(Folder, "store"))));
        services?.Invoke(builder.Services);
        builder.AddProviders();
        _host = builder.Build();
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("providers-tests-").FullName;

    public IProvider Local => Provider(ProviderNames.Local);

    public IProvider NoOp => Provider(ProviderNames.NoOp);

    public T Get<T>()
        where T : notnull => _host.Services.GetRequiredService<T>();

    public Task StartAsync() => _host.StartAsync();

    public string PathOf(string name) => Path.Combine(Folder, name);

    [SuppressMessage("Design", "CA1031", Justification = "What a test leaves in the temporary folder is no reason to fail it.")]
    public void Dispose()
    {
        _host.Dispose();
        try
        {
            Directory.Delete(Folder, recursive: true);
        }
        catch (IOException)
        {
            // a file is still open
        }
    }

    private IProvider Provider(string name) => Get<ProviderRegistry>().Find(name) ?? throw new InvalidOperationException($"{name} is not registered.");
}
