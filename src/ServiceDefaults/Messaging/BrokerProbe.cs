using RabbitMQ.Client;

namespace ServiceDefaults.Messaging;

/// <summary>Asks RabbitMQ for a connection apart from the bus, to tell a broker that is away from a bus that is ill.</summary>
internal class BrokerProbe(Uri address)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    /// <summary>Whether somebody else would be served.</summary>
    public virtual async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        var factory = new ConnectionFactory
        {
            Uri = address, AutomaticRecoveryEnabled = false, RequestedConnectionTimeout = Limit, HandshakeContinuationTimeout = Limit, ContinuationTimeout = Limit,
            ClientProvidedName = "is RabbitMQ there?",
        };
        try
        {
            var connection = await factory.CreateConnectionAsync(cancellationToken);
            await connection.AbortAsync();
            connection.Dispose();
            return true;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException && !cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }
}
