using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text.Json;

namespace LocalHosting;

/// <summary>
/// The folder that holds everything of one running system: data of the servers, media, logs, ports, generated secrets, the list of
/// processes. Normally <c>.run</c>; <c>--state</c> names another, so that two systems can run side by side.
/// </summary>
internal sealed class StateFolder
{
    private const int FirstPort = 20_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _ports = [];

    private StateFolder(string root)
    {
        Root = root;
        Directory.CreateDirectory(root, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
            | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        Directory.CreateDirectory(Logs);
        Processes = new ProcessList(Path.Combine(root, "processes.json"));
        if (File.Exists(PortsFile))
        {
            _ports = JsonSerializer.Deserialize<Dictionary<string, int>>(File.ReadAllText(PortsFile)) ?? [];
        }
    }

    /// <summary>Debug or Release: the services are started from the same kind of build as this program.</summary>
    public static string BuildConfiguration { get; } = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;

    public string Root { get; }

    public string Logs => Path.Combine(Root, "logs");

    public ProcessList Processes { get; }

    /// <summary>What to do, when it is not to run: <c>--down</c>, <c>--reset</c>, <c>--status</c>, <c>--print-environment</c>.</summary>
    public string? Verb { get; private init; }

    /// <summary><c>--servers-only</c>: PostgreSQL, RabbitMQ and Redis for a test run.</summary>
    public bool ServersOnly { get; private init; }

    /// <summary><c>--watch</c>: with the web app's development server.</summary>
    public bool Watch { get; private init; }

    /// <summary><c>--port</c>: stands in for the fixed port of the model.</summary>
    public int? FixedPort { get; private init; }

    private string PortsFile => Path.Combine(Root, "ports.json");

    public static StateFolder From(string[] args, string defaultRoot)
    {
        string? After(string option) => Array.IndexOf(args, option) is var at and >= 0 && at + 1 < args.Length ? args[at + 1] : null;
        return new StateFolder(Path.GetFullPath(After("--state") ?? defaultRoot))
        {
            Verb = args.FirstOrDefault(arg => arg is "--down" or "--reset" or "--status" or "--print-environment"),
            ServersOnly = args.Contains("--servers-only"),
            Watch = args.Contains("--watch"),
            FixedPort = After("--port") is { } port ? int.Parse(port) : null,
        };
    }

    /// <summary>The port kept under this name; chosen at first use, below the range that outgoing connections take theirs from.</summary>
    public int Port(string name)
    {
        lock (_gate)
        {
            if (!_ports.TryGetValue(name, out var port))
            {
                _ports[name] = port = ChoosePort();
                WriteAtomically(PortsFile, JsonSerializer.Serialize(_ports, Json.Indented));
            }

            return port;
        }
    }

    /// <summary>Gives new ports to names whose port somebody else has taken meanwhile.</summary>
    public void ReplaceTakenPorts()
    {
        foreach (var (name, port) in _ports.ToList())
        {
            if (!IsFree(port))
            {
                _ports.Remove(name);
                Console.WriteLine($"Port {port} of {name} is taken; it moves to {Port(name)}.");
            }
        }
    }

    /// <summary>A random secret of letters and digits, made at first use and kept in a file that only its owner can read.</summary>
    public string Secret(string name, int length)
    {
        lock (_gate)
        {
            var path = Path.Combine(Root, name);
            if (!File.Exists(path))
            {
                const string alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
                WritePrivate(path, RandomNumberGenerator.GetString(alphabet, length));
            }

            return File.ReadAllText(path).Trim();
        }
    }

    /// <summary>Deletes everything but the logs, also what lies elsewhere behind a link.</summary>
    public void Delete()
    {
        foreach (var entry in new DirectoryInfo(Root).EnumerateFileSystemInfos().Where(entry => entry.FullName != Logs))
        {
            if (entry is not DirectoryInfo folder)
            {
                entry.Delete();
            }
            else if (folder.LinkTarget is { } target)
            {
                File.Delete(folder.FullName);
                new DirectoryInfo(target).Delete(recursive: true);
            }
            else
            {
                folder.Delete(recursive: true);
            }
        }

        _ports.Clear();
    }

    public static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>Writes a file that only its owner can read, from its first byte on.</summary>
    public static void WritePrivate(string path, string text)
    {
        using var stream = new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.Create, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        });
        using var writer = new StreamWriter(stream);
        writer.WriteLine(text);
    }

    public static void WriteAtomically(string path, string text)
    {
        File.WriteAllText(path + ".new", text);
        File.Move(path + ".new", path, overwrite: true);
    }

    private int ChoosePort()
    {
        var ephemeral = File.Exists("/proc/sys/net/ipv4/ip_local_port_range")
            ? int.Parse(File.ReadAllText("/proc/sys/net/ipv4/ip_local_port_range").Split('\t', ' ')[0])
            : 32_768;
        var end = Math.Max(FirstPort + 1_000, Math.Min(ephemeral, 32_768));
        while (true)
        {
            // At random, so that two systems that start together do not meet.
            var port = RandomNumberGenerator.GetInt32(FirstPort, end);
            if (!_ports.ContainsValue(port) && IsFree(port))
            {
                return port;
            }
        }
    }
}

internal static class Json
{
    public static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };
}
