using System.Runtime.InteropServices;

namespace LocalHosting;

/// <summary>Runs all resources: each starts when what it waits for is ready; services stop before the servers they write to.</summary>
internal sealed class Supervisor(IReadOnlyList<Resource> resources, StateFolder state)
{
    public async Task<int> RunAsync()
    {
        if (state.Processes.OtherHost is { } other)
        {
            throw new HostingException($"Pipeline already runs from {state.Root} (process {other}). './run down' stops it.");
        }

        state.Processes.StopOrphans();
        if (state.ServersOnly)
        {
            state.Delete();
        }

        state.Processes.AddHost();
        state.ReplaceTakenPorts();

        using var stopApps = new CancellationTokenSource();
        using var stopServers = new CancellationTokenSource();
        void OnSignal(PosixSignalContext context)
        {
            context.Cancel = true;
            stopApps.Cancel();
        }

        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal);
        using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, OnSignal);

        using var status = new StatusFile(state);
        var runners = resources.ToDictionary(
            resource => resource, resource => resource.Processes().Select(spec => new Runner(spec, state, status)).ToList());
        CheckFixedPort();
        status.Show([.. runners.Values.SelectMany(of => of)], Address);

        async Task HostAsync(Resource resource, CancellationToken stop)
        {
            try
            {
                await Task.WhenAll(resource.Waits.SelectMany(wait => runners[wait]).Select(runner => runner.Ready)).WaitAsync(stop);
                await Task.WhenAll(runners[resource].Select(runner => runner.RunAsync(stop)));
            }
            catch (OperationCanceledException)
            {
                // Stopped before it was its turn.
            }
        }

        var servers = resources.OfType<ServerResource>().Select(server => HostAsync(server, stopServers.Token)).ToList();
        var apps = resources.OfType<AppResource>().Select(app => HostAsync(app, stopApps.Token)).ToList();
        _ = AnnounceAsync(runners.Values.SelectMany(of => of), stopApps.Token);

        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stopApps.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        status.Say("Stopping.");
        await Task.WhenAll(apps);
        await stopServers.CancelAsync();
        await Task.WhenAll(servers);
        state.Processes.Clear();
        if (state.ServersOnly)
        {
            state.Delete();
        }

        return 0;

        async Task AnnounceAsync(IEnumerable<Runner> all, CancellationToken stop)
        {
            await Task.WhenAll(all.Select(runner => runner.Ready)).WaitAsync(stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stop.IsCancellationRequested)
            {
                return;
            }

            if (state.ServersOnly)
            {
                WriteServerAddresses();
            }

            status.Say(Address is null ? "The servers are ready." : $"Pipeline is ready: {Address}");
        }
    }

    private string? Address => resources.OfType<AppResource>().FirstOrDefault(app => app.External)?.Addresses.First().Address;

    private void CheckFixedPort()
    {
        if (Address is { } address && !StateFolder.IsFree(new Uri(address).Port))
        {
            state.Processes.Clear();
            throw new HostingException($"Port {new Uri(address).Port} is taken by another program. Choose one with './run dev --port N'.");
        }
    }

    /// <summary>What test runners read: shell assignments, for their owner only.</summary>
    private void WriteServerAddresses()
    {
        var rabbit = resources.OfType<RabbitMQServerResource>().Single();
        var lines = new[]
        {
            $"TEST_POSTGRES='{resources.OfType<PostgresServerResource>().Single().ConnectionString};Database=postgres'",
            $"TEST_RABBITMQ='{rabbit.ConnectionString}'",
            $"TEST_RABBITMQ_MANAGEMENT='http://guest:{rabbit.Password}@127.0.0.1:{rabbit.ManagementPort}'",
            $"TEST_REDIS='{resources.OfType<RedisResource>().Single().ConnectionString}'",
        };
        var path = Path.Combine(state.Root, "servers.env");
        StateFolder.WritePrivate(path + ".new", string.Join('\n', lines.Select(line => $"export {line}")));
        File.Move(path + ".new", path, overwrite: true);
    }
}
