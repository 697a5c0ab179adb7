namespace ServiceDefaults.Grpc;

/// <summary>A call that did not end with <see cref="StatusCode.OK"/>. A handler throws it to answer with a status.</summary>
/// <param name="detail">For people; crosses the wire.</param>
public sealed class GrpcException(StatusCode code, string detail, Exception? inner = null) : Exception($"{code}: {detail}", inner)
{
    public StatusCode Code => code;

    public string Detail => detail;
}
