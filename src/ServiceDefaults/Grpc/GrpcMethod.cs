using Google.Protobuf;

namespace ServiceDefaults.Grpc;

/// <summary>One unary method of a proto service.</summary>
/// <param name="Service">With its package, for example <c>pipeline.cost.v1.Cost</c>.</param>
public sealed record GrpcMethod<TRequest, TResponse>(
    string Service, string Name, MessageParser<TRequest> Request, MessageParser<TResponse> Response)
    where TRequest : class, IMessage<TRequest>
    where TResponse : class, IMessage<TResponse>
{
    public string Path => $"/{Service}/{Name}";
}
