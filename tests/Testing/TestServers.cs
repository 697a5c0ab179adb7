namespace Testing;

/// <summary>Addresses of the real servers that tests run against, from the environment. <c>./run test</c> starts them and sets these.</summary>
public static class TestServers
{
    /// <summary>A superuser's connection string.</summary>
    public static string Postgres => Required("TEST_POSTGRES");

    /// <summary>An amqp URI whose user may make virtual hosts.</summary>
    public static string RabbitMq => Required("TEST_RABBITMQ");

    /// <summary>The management plugin's http URI, with user and password.</summary>
    public static string RabbitMqManagement => Required("TEST_RABBITMQ_MANAGEMENT");

    /// <summary><c>host:port[,password=…]</c>.</summary>
    public static string Redis => Required("TEST_REDIS");

    private static string Required(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value
            ? value
            : throw new InvalidOperationException($"{name} is not set. Run the tests with './run test', or set it to a running server's address.");
}
