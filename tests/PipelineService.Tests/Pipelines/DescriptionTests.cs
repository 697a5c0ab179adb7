using System.Text.Json.Nodes;

namespace PipelineService.Tests.Pipelines;

/// <summary>The API's own description of this part.</summary>
[Collection(PipelinesCollection.Name)]
public sealed class DescriptionTests(PipelinesHost host)
{
    [Fact]
    public async Task Every_call_has_a_name_a_summary_and_its_answers()
    {
        var document = await host.NewTenant().GetAsync("/openapi/v1.json");
        var operations = document["paths"]!.AsObject().Where(path => path.Key.StartsWith("/pipelines", StringComparison.Ordinal))
            .SelectMany(path => path.Value!.AsObject().Select(operation => (Name: $"{operation.Key} {path.Key}", Operation: operation.Value!))).ToDictionary(pair => pair.Name, pair => pair.Operation);

        Assert.Equal(
            ["delete /pipelines/{id}", "get /pipelines", "get /pipelines/export", "get /pipelines/facets", "get /pipelines/{id}", "get /pipelines/{id}/definition", "get /pipelines/{id}/download", "get /pipelines/{id}/failures", "get /pipelines/{id}/steps", "get /pipelines/{id}/steps/{step_id}", "get /pipelines/{id}/steps/{step_id}/items",
                "get /pipelines/{id}/steps/{step_id}/onward", "get /pipelines/{id}/steps/{step_id}/outputs", "get /pipelines/{id}/steps/{step_id}/outputs/index", "get /pipelines/{id}/timeline", "post /pipelines", "post /pipelines/dry-run", "post /pipelines/estimate", "post /pipelines/{id}/cancel", "post /pipelines/{id}/clone",
                "post /pipelines/{id}/pause", "post /pipelines/{id}/retry", "post /pipelines/{id}/run", "post /pipelines/{id}/steps/{step_id}/approve",
                "post /pipelines/{id}/steps/{step_id}/items/{item_id}/cancel",
                "post /pipelines/{id}/steps/{step_id}/items/{item_id}/rerun", "post /pipelines/{id}/steps/{step_id}/redo", "post /pipelines/{id}/steps/{step_id}/retry", "put /pipelines/{id}", "put /pipelines/{id}/steps/{step_id}"],
            operations.Keys.Order(StringComparer.Ordinal));
        Assert.All(operations, pair =>
        {
            Assert.True(pair.Value["summary"]?.GetValue<string>().Length > 10, $"{pair.Key} has no summary.");
            Assert.True(pair.Value["operationId"]!.GetValue<string>().Contains('_', StringComparison.Ordinal), $"{pair.Key} has no name.");
        });
        Assert.Equal(["202", "400", "401", "403", "404", "409", "412", "413", "415", "422", "429", "503"], Statuses(operations["post /pipelines/{id}/steps/{step_id}/approve"]));
        Assert.Equal(["204", "400", "401", "403", "404", "409", "429", "503"], Statuses(operations["delete /pipelines/{id}"]));
        Assert.Equal(["200", "202", "400", "401", "403", "404", "409", "413", "415", "422", "429", "503"], Statuses(operations["post /pipelines/{id}/retry"]));
        Assert.Equal(["200", "400", "401", "403", "404", "422", "429", "503"], Statuses(operations["get /pipelines/{id}/download"]));
        Assert.Equal("11.355", operations["post /pipelines/estimate"]["responses"]!["200"]!["content"]!["application/json"]!["example"]!["total"]!.ToJsonString());
    }

    private static string[] Statuses(JsonNode operation) => [.. operation["responses"]!.AsObject().Select(answer => answer.Key).Order(StringComparer.Ordinal)];
}
