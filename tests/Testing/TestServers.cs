using System.Net.Sockets;
using System.Text;

namespace Testing;

/// <summary>Addresses of the real servers that tests run against, from the environment. <c>./run test</c> starts them and sets these.</summary>
public static class TestServers
{
    private static int s_redis;

    /// <summary>A superuser's connection string.</summary>
    public static string Postgres => Required("TEST_POSTGRES");

    /// <summary>An amqp URI whose user may make virtual hosts.</summary>
    public static string RabbitMq => Required("TEST_RABBITMQ");

    /// <summary>The management plugin's http URI, with user and password.</summary>
    public static string RabbitMqManagement => Required("TEST_RABBITMQ_MANAGEMENT");

    /// <summary><c>host:port[,password=…]</c>.</summary>
    public static string Redis => Required("TEST_REDIS");

    /// <summary>The process that keeps all of them; their CPU is counted from here.</summary>
    public static int ProcessId => int.Parse(Required("TEST_SERVERS_PROCESS"));

    /// <summary>
    /// The connection string of a Redis database with nothing in it: what an earlier system left there, pipelines of the same numbers, must not reach the next.
    /// </summary>
    public static async Task<string> EmptyRedisAsync()
    {
        var database = 1 + (Interlocked.Increment(ref s_redis) % 14);
        await RedisAsync(database, "FLUSHDB");
        return $"{Redis},defaultDatabase={database}";
    }

    /// <summary>Sends one command, words parted by spaces, to a database of the test Redis.</summary>
    public static async Task RedisAsync(int database, string command)
    {
        var parts = Redis.Split(',');
        var address = parts[0].Split(':');
        var password = parts.FirstOrDefault(part => part.StartsWith("password=", StringComparison.Ordinal))?["password=".Length..];
        using var client = new TcpClient();
        await client.ConnectAsync(address[0], int.Parse(address[1]));
        await using var stream = client.GetStream();
        var commands = (password is null ? string.Empty : $"AUTH {password}\r\n") + $"SELECT {database}\r\n{command}\r\nQUIT\r\n";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(commands));
        var answers = await new StreamReader(stream).ReadToEndAsync();
        if (answers.Contains('-', StringComparison.Ordinal))
        {
            throw new InvalidOperationException("Redis refused: " + answers);
        }
    }

    /// <summary>Takes the servers named in a <c>servers.env</c> for all that follows in this process.</summary>
    public static async Task UseAsync(string path)
    {
        foreach (var line in await File.ReadAllLinesAsync(path))
        {
            if (line.Split('=', 2) is [{ } name, { } value])
            {
                Environment.SetEnvironmentVariable(name["export ".Length..], value.Trim('\''));
            }
        }
    }

    private static string Required(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value
            ? value
            : throw new InvalidOperationException($"{name} is not set. Run the tests with './run test', or set it to a running server's address.");
}
