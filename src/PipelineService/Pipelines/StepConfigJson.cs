using System.Text.Json;
using System.Text.Json.Serialization;
using ServiceDefaults;

namespace PipelineService.Pipelines;

/// <summary>A config is written with the fields that were given, and no others.</summary>
public static class StepConfigJson
{
    public static JsonSerializerOptions Options { get; } = Make();

    private static JsonSerializerOptions Make()
    {
        var options = new JsonSerializerOptions(PipelineJson.Options) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
