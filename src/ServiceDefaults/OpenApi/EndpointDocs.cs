using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;

namespace ServiceDefaults.OpenApi;

/// <summary>What an endpoint says about itself beyond its types.</summary>
public static class EndpointDocs
{
    /// <summary>An example of the request body.</summary>
    public static TBuilder WithExample<TBuilder>(this TBuilder builder, object body)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new ExampleMetadata(null, Node(body)));

    /// <summary>An example of the answer with this status.</summary>
    public static TBuilder WithExample<TBuilder>(this TBuilder builder, int status, object body)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new ExampleMetadata(status, Node(body)));

    /// <summary>Problem answers this endpoint may give beyond those every endpoint has (400, 401, 403, 429, 503; 404 with an id in its path; 413, 415, 422 with a body).</summary>
    public static TBuilder WithProblems<TBuilder>(this TBuilder builder, params int[] statuses)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new ProblemsMetadata(statuses));

    /// <summary>A string is taken as JSON text, anything else is serialized as an answer would be.</summary>
    private static JsonNode? Node(object body) =>
        body is string json ? JsonNode.Parse(json) : JsonSerializer.SerializeToNode(body, PipelineJson.Options);

    internal sealed record ExampleMetadata(int? Status, JsonNode? Body);

    internal sealed record ProblemsMetadata(IReadOnlyList<int> Statuses);
}
