using System.Collections.Concurrent;
using System.Net;
using Google.Protobuf;

namespace System.Tests;

/// <summary>One span as it arrived.</summary>
internal sealed record CollectedSpan(string Service, string Scope, string Name, string TraceId);

/// <summary>A collector that keeps the spans it is sent as OTLP over HTTP; field numbers are those of opentelemetry-proto.</summary>
internal sealed class OtlpCollector : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly ConcurrentQueue<CollectedSpan> _spans = new();
    private readonly ConcurrentDictionary<string, int> _paths = new();

    public OtlpCollector(int port)
    {
        _listener.Prefixes.Add($"http://127.0.0.1:{port}/");
        _listener.Start();
        _ = Task.Run(ServeAsync);
    }

    public IReadOnlyCollection<CollectedSpan> Spans => _spans;

    /// <summary>Requests by path, for example /v1/metrics.</summary>
    public IReadOnlyDictionary<string, int> Paths => _paths;

    public void Dispose() => _listener.Close();

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                var context = await _listener.GetContextAsync();
                using var body = new MemoryStream();
                await context.Request.InputStream.CopyToAsync(body);
                var path = context.Request.Url!.AbsolutePath;
                _paths.AddOrUpdate(path, 1, (_, count) => count + 1);
                if (path == "/v1/traces")
                {
                    Read(body.ToArray());
                }

                context.Response.Close();
            }
            catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private void Read(byte[] request)
    {
        foreach (var resourceSpans in Fields(request, 1))
        {
            var service = Fields(resourceSpans, 1).SelectMany(resource => Fields(resource, 1))
                .Where(attribute => Text(attribute, 1) == "service.name")
                .Select(attribute => Text(Fields(attribute, 2).First(), 1)).FirstOrDefault() ?? string.Empty;
            foreach (var scopeSpans in Fields(resourceSpans, 2))
            {
                var scope = Fields(scopeSpans, 1).Select(entry => Text(entry, 1)).FirstOrDefault() ?? string.Empty;
                foreach (var span in Fields(scopeSpans, 2))
                {
                    _spans.Enqueue(new CollectedSpan(service, scope, Text(span, 5), Convert.ToHexStringLower(Fields(span, 1).First())));
                }
            }
        }
    }

    private static string Text(byte[] message, int field) => Fields(message, field).Select(bytes => System.Text.Encoding.UTF8.GetString(bytes)).FirstOrDefault() ?? string.Empty;

    /// <summary>All length-delimited values of a field.</summary>
    private static List<byte[]> Fields(byte[] message, int field)
    {
        var found = new List<byte[]>();
        var input = new CodedInputStream(message);
        uint tag;
        while ((tag = input.ReadTag()) != 0)
        {
            if (WireFormat.GetTagFieldNumber(tag) == field && WireFormat.GetTagWireType(tag) == WireFormat.WireType.LengthDelimited)
            {
                found.Add(input.ReadBytes().ToByteArray());
            }
            else
            {
                input.SkipLastField();
            }
        }

        return found;
    }
}
