using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;

namespace LocalHosting;

/// <summary>Finds installed programs, and runs small ones to their end.</summary>
internal static class Programs
{
    public static string Find(string program, string package, params IEnumerable<string> folders) =>
        folders.Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(':'))
            .Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(File.Exists)
        ?? throw new HostingException($"'{program}' is not installed. It comes with {package}.");

    public static void Run(string program, params IEnumerable<string> arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = "/", RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        var errors = process.StandardError.ReadToEndAsync();
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new HostingException($"{Path.GetFileName(program)} failed: {errors.GetAwaiter().GetResult().Trim()}");
        }
    }
}

/// <summary>
/// PostgreSQL refuses to run as root, and its user must reach its data: as root the data lies under /var/lib and the state folder has
/// a link to it.
/// </summary>
internal static class Postgres
{
    private static readonly string[] AsPostgres = ["--reuid=postgres", "--regid=postgres", "--init-groups", "--inh-caps=-all"];

    public static ProcessSpec Process(PostgresServerResource server)
    {
        var installed = Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").OrderByDescending(folder => int.TryParse(Path.GetFileName(folder), out var version) ? version : 0)
            : Enumerable.Empty<string>();
        var folders = installed.Select(folder => Path.Combine(folder, "bin")).ToList();
        var postgres = Programs.Find("postgres", "the package postgresql", folders);
        var bin = Path.GetDirectoryName(postgres)!;
        var data = Path.Combine(server.Folder, "data");

        string[] command = [postgres, "-D", data, "-h", "127.0.0.1", "-p", $"{server.Port}", "-k", "", "-c", "shared_buffers=256MB", .. server.Arguments];
        return new ProcessSpec(server.Name, Environment.IsPrivilegedProcess ? "setpriv" : command[0], Environment.IsPrivilegedProcess ? [.. AsPostgres, .. command] : command[1..])
        {
            Folder = "/",
            // What a statement has used is kept for the next, in place of asking the system for fresh pages each time.
            Variables = [("HOME", "/"), ("LC_ALL", "C.UTF-8"), ("MALLOC_TRIM_THRESHOLD_", $"{32 << 20}"), ("MALLOC_MMAP_THRESHOLD_", $"{16 << 20}"), ("MALLOC_TOP_PAD_", $"{1 << 20}")],
            Prepare = () => Initialize(server, bin, data),
            IsReady = _ => Task.FromResult(Answers(bin, server.Port)),
            StopSignal = Posix.SigInt, // "fast": ends without waiting for clients
            Quiet = true,
            Address = $"127.0.0.1:{server.Port}",
        };
    }

    private static void Initialize(PostgresServerResource server, string bin, string data)
    {
        if (File.Exists(Path.Combine(data, "PG_VERSION")))
        {
            return;
        }

        var root = Environment.IsPrivilegedProcess;
        if (root && !Path.Exists(server.Folder))
        {
            var home = "/var/lib/pipeline-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(server.Folder)))[..12];
            if (Directory.Exists(home))
            {
                // Of a checkout that was deleted; its password went with it.
                Directory.Move(home, $"{home}-left-{TimeProvider.System.GetUtcNow().ToUnixTimeSeconds()}");
            }

            Programs.Run("install", "-d", "-o", "postgres", "-g", "postgres", "-m", "700", home);
            File.Delete(server.Folder); // a link to nowhere
            File.CreateSymbolicLink(server.Folder, home);
        }

        Directory.CreateDirectory(server.Folder);
        var password = Path.Combine(server.Folder, "password");
        StateFolder.WritePrivate(password, server.Password);
        string[] command = [Path.Combine(bin, "initdb"), "-D", data, "-U", "postgres", "-A", "scram-sha-256", "--pwfile", password, "-E", "UTF8", "--no-locale", "-N"];
        if (root)
        {
            Programs.Run("chown", "postgres:postgres", password);
            Programs.Run("setpriv", [.. AsPostgres, .. command]);
        }
        else
        {
            Programs.Run(command[0], command[1..]);
        }

        File.Delete(password);
    }

    private static bool Answers(string bin, int port)
    {
        using var process = System.Diagnostics.Process.Start(
            new ProcessStartInfo(Path.Combine(bin, "pg_isready"), ["-q", "-h", "127.0.0.1", "-p", $"{port}"]))!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}

internal static class RabbitMq
{
    /// <summary>Erlang's name daemon, which would otherwise start by itself and stay for ever; then the broker.</summary>
    public static IEnumerable<ProcessSpec> Processes(RabbitMQServerResource server)
    {
        var broker = Programs.Find("rabbitmq-server", "the package rabbitmq-server", "/usr/lib/rabbitmq/bin");
        (string, string)[] variables =
        [
            ("HOME", server.Folder), ("LANG", "C.UTF-8"), ("LC_ALL", "C.UTF-8"),
            // The node's name is part of its data, so it must not follow the port.
            ("RABBITMQ_NODENAME", "pipeline@localhost"),
            ("RABBITMQ_NODE_IP_ADDRESS", "127.0.0.1"), ("RABBITMQ_NODE_PORT", $"{server.Port}"), ("RABBITMQ_DIST_PORT", $"{server.DistributionPort}"),
            ("RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS", "-kernel inet_dist_use_interface {127,0,0,1}"),
            ("ERL_EPMD_ADDRESS", "127.0.0.1"), ("ERL_EPMD_PORT", $"{server.EpmdPort}"),
            ("RABBITMQ_MNESIA_BASE", Path.Combine(server.Folder, "mnesia")),
            ("RABBITMQ_LOG_BASE", Path.Combine(server.Folder, "log")), ("RABBITMQ_LOGS", "-"),
            ("RABBITMQ_PID_FILE", Path.Combine(server.Folder, "pid")),
            ("RABBITMQ_CONF_ENV_FILE", Path.Combine(server.Folder, "environment")),
            ("RABBITMQ_CONFIG_FILE", Path.Combine(server.Folder, "rabbitmq")),
            ("RABBITMQ_ENABLED_PLUGINS_FILE", Path.Combine(server.Folder, "enabled_plugins")),
        ];

        yield return new ProcessSpec($"{server.Name}-epmd", Programs.Find("epmd", "Erlang"), [])
        {
            Folder = "/", Variables = variables, Quiet = true, IsReady = Probe.Port(server.EpmdPort),
        };
        yield return new ProcessSpec(server.Name, broker, [])
        {
            Folder = "/", Variables = variables, Quiet = true,
            Prepare = () => WriteConfiguration(server),
            IsReady = IsReadyAsync,
            // With the management plugin an orderly end takes six seconds, which data for the bin is not worth.
            StopSignal = server.Throwaway ? Posix.SigKill : Posix.SigTerm,
            Address = server.Management ? $"http://127.0.0.1:{server.ManagementPort}" : $"127.0.0.1:{server.Port}",
        };

        async Task<bool> IsReadyAsync(CancellationToken cancellationToken) =>
            await Probe.Port(server.Port)(cancellationToken) && (!server.Management || await Probe.Port(server.ManagementPort)(cancellationToken));
    }

    private static void WriteConfiguration(RabbitMQServerResource server)
    {
        Directory.CreateDirectory(server.Folder);
        Posix.WaitUntil(() => !StateFolder.IsFree(server.EpmdPort), TimeSpan.FromSeconds(2));
        File.WriteAllText(Path.Combine(server.Folder, "environment"), "");
        File.WriteAllText(Path.Combine(server.Folder, "enabled_plugins"), server.Management ? "[rabbitmq_management].\n" : "[].\n");
        var lines = new List<string>
        {
            "default_user = guest", $"default_pass = {server.Password}", "loopback_users = none",
            "disk_free_limit.absolute = 200MB", "vm_memory_high_watermark.absolute = 2GB",
        };
        if (server.Management)
        {
            lines.AddRange(["management.tcp.ip = 127.0.0.1", $"management.tcp.port = {server.ManagementPort}"]);
        }

        StateFolder.WritePrivate(Path.Combine(server.Folder, "rabbitmq.conf"), string.Join('\n', lines));
    }
}

internal static class Redis
{
    public static ProcessSpec Process(RedisResource server) =>
        new(server.Name, Programs.Find("redis-server", "the package redis-server"), [Path.Combine(server.Folder, "redis.conf")])
        {
            Folder = "/",
            Quiet = true,
            // In a file, because arguments can be read by everybody on the machine.
            Prepare = () =>
            {
                Directory.CreateDirectory(server.Folder);
                StateFolder.WritePrivate(
                    Path.Combine(server.Folder, "redis.conf"),
                    $"bind 127.0.0.1\nport {server.Port}\nrequirepass {server.Password}\ndir {server.Folder}\nsave \"\"\nappendonly yes\nappendfsync everysec");
            },
            IsReady = Probe.Port(server.Port),
            Address = $"127.0.0.1:{server.Port}",
        };
}
