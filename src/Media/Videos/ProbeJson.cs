using System.Text.Json.Serialization;

namespace Media.Videos;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ProbeOutput))]
internal sealed partial class ProbeJson : JsonSerializerContext;

/// <summary>The part of ffprobe's JSON that is used.</summary>
internal sealed record ProbeOutput(IReadOnlyList<ProbeStream>? Streams, ProbeFormat? Format);

internal sealed record ProbeStream(string? CodecName, int Width, int Height, IReadOnlyList<ProbeSideData>? SideDataList);

internal sealed record ProbeSideData(int? Rotation);

internal sealed record ProbeFormat(string? Duration);
