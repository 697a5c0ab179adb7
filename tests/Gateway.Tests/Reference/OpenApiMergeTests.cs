using System.Text.Json.Nodes;
using Gateway.Reference;
using Xunit;

namespace Gateway.Tests.Reference;

public sealed class OpenApiMergeTests
{
    [Fact]
    public void Paths_schemas_and_tags_come_together()
    {
        var merged = Merge(
            Part("cats", """{"/cats":{"get":{"operationId":"list","tags":["Cats"],"x":{"$ref":"#/components/schemas/Cat"}}}}""", """{"Cat":{"type":"object"}}"""),
            Part("dogs", """{"/dogs":{"get":{"operationId":"walk","tags":["Dogs"],"x":{"$ref":"#/components/schemas/Dog"}}}}""", """{"Dog":{"type":"object"}}"""));

        Assert.Equal(["/cats", "/dogs"], Names(merged["paths"]));
        Assert.Equal(["Cat", "Dog"], Names(merged["components"]!["schemas"]));
        Assert.Equal(["Cats", "Dogs"], merged["tags"]!.AsArray().Select(tag => (string?)tag!["name"]));
    }

    [Fact]
    public void Equal_schemas_become_one()
    {
        var merged = Merge(
            Part("cats", """{"/cats":{"get":{"x":{"$ref":"#/components/schemas/Problem"}}}}""", """{"Problem":{"type":"object"}}"""),
            Part("dogs", """{"/dogs":{"get":{"x":{"$ref":"#/components/schemas/Problem"}}}}""", """{"Problem":{"type":"object"}}"""));

        Assert.Equal(["Problem"], Names(merged["components"]!["schemas"]));
    }

    [Fact]
    public void Different_schemas_of_one_name_are_kept_apart_and_references_follow()
    {
        var merged = Merge(
            Part("cats", """{"/cats":{"get":{"x":{"$ref":"#/components/schemas/Item"}}}}""", """{"Item":{"type":"object"}}"""),
            Part("dogs", """{"/dogs":{"get":{"x":{"$ref":"#/components/schemas/Page"}}}}""", """{"Item":{"type":"string"},"Page":{"type":"array","items":{"$ref":"#/components/schemas/Item"}}}"""));

        Assert.Equal(["DogsItem", "Item", "Page"], Names(merged["components"]!["schemas"]));
        Assert.Equal("#/components/schemas/DogsItem", (string?)merged["components"]!["schemas"]!["Page"]!["items"]!["$ref"]);
        Assert.Equal("#/components/schemas/Item", (string?)merged["paths"]!["/cats"]!["get"]!["x"]!["$ref"]);
    }

    [Fact]
    public void Equal_operation_ids_are_kept_apart()
    {
        var merged = Merge(Part("cats", """{"/cats":{"get":{"operationId":"list"}}}""", "{}"), Part("dogs", """{"/dogs":{"get":{"operationId":"list"}}}""", "{}"));

        Assert.Equal("list", (string?)merged["paths"]!["/cats"]!["get"]!["operationId"]);
        Assert.Equal("dogs_list", (string?)merged["paths"]!["/dogs"]!["get"]!["operationId"]);
    }

    [Fact]
    public void Inner_paths_and_what_only_they_need_are_left_out()
    {
        var part = Part(
            "cats",
            """{"/cats":{"get":{"x":{"$ref":"#/components/schemas/Cat"}}},"/internal":{"get":{"x":{"$ref":"#/components/schemas/Secret"}}}}""",
            """{"Cat":{"allOf":[{"$ref":"#/components/schemas/Cat"}]},"Secret":{"type":"object"}}""");
        var merged = Merge(part with { Serves = path => path != "/internal" });

        Assert.Equal(["/cats"], Names(merged["paths"]));
        Assert.Equal(["Cat"], Names(merged["components"]!["schemas"]));
    }

    private static JsonObject Merge(params OpenApiMerge.Part[] parts) => OpenApiMerge.Merge([], parts);

    private static OpenApiMerge.Part Part(string name, string paths, string schemas) =>
        new(name, new JsonObject
        {
            ["paths"] = JsonNode.Parse(paths),
            ["components"] = new JsonObject { ["schemas"] = JsonNode.Parse(schemas) },
        }, _ => true);

    private static IEnumerable<string> Names(JsonNode? node) => node!.AsObject().Select(pair => pair.Key);
}
