using System.Text.Json.Nodes;

namespace PipelineService.Tests.Pipelines;

/// <summary>Short words for reading answers.</summary>
internal static class JsonReading
{
    public static long Id(this JsonNode node) => node["id"]!.GetValue<long>();

    public static string Text(this JsonNode node, string name) => node[name]!.GetValue<string>();

    public static int Number(this JsonNode node, string name) => node[name]!.GetValue<int>();

    public static decimal Amount(this JsonNode node, string name) => node[name]!.GetValue<decimal>();

    public static JsonNode Step(this JsonNode pipeline, string type) => pipeline["steps"]!.AsArray().Single(step => step!.Text("step_type") == type)!;

    public static IReadOnlyList<JsonNode> Outputs(this JsonNode step) => [.. step["outputs"]!.AsArray().Select(output => output!)];

    public static string[] Faults(this JsonNode problem) => [.. problem["errors"]!.AsObject().Select(fault => fault.Key).Order(StringComparer.Ordinal)];
}
