using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using ServiceDefaults.Problems;

namespace ServiceDefaults.OpenApi;

/// <summary>Problem documents as the API's description shows them: one schema, an example for each status.</summary>
internal static class ProblemResponses
{
    public const string SchemaName = "Problem";
    public const string ContentType = "application/problem+json";

    public static OpenApiResponseReference For(int status, OpenApiDocument document)
    {
        document.Components ??= new OpenApiComponents();
        document.Components.Responses ??= new Dictionary<string, IOpenApiResponse>();
        document.Components.Responses[NameOf(status)] = new OpenApiResponse
        {
            Description = ProblemRegistration.ForStatus(status).Title!.TrimEnd('.'),
            Content = new Dictionary<string, OpenApiMediaType>
            {
                [ContentType] = new() { Schema = new OpenApiSchemaReference(SchemaName, document), Example = Example(status) },
            },
        };
        return new OpenApiResponseReference(NameOf(status), document);
    }

    public static void AddSchema(OpenApiDocument document)
    {
        document.Components ??= new OpenApiComponents();
        document.Components.Schemas ??= new Dictionary<string, IOpenApiSchema>();
        document.Components.Schemas.Remove("ProblemDetails");
        document.Components.Schemas.Remove("HttpValidationProblemDetails");
        document.Components.Schemas[SchemaName] = new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Description = "What went wrong (RFC 9457).",
            Required = new HashSet<string> { "type", "title", "status", "trace_id" },
            Properties = new Dictionary<string, IOpenApiSchema>
            {
                ["type"] = Text("A stable path that names the kind of problem."),
                ["title"] = Text("The kind of problem in words."),
                ["status"] = new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int32", Description = "The HTTP status." },
                ["detail"] = Text("What is wrong here, and what would be accepted."),
                ["trace_id"] = Text("Finds this request in traces and logs; quote it when you report something."),
                ["errors"] = new OpenApiSchema
                {
                    Type = JsonSchemaType.Object,
                    Description = "Every fault of the input: from a JSON pointer into the body to what is wrong there.",
                    AdditionalProperties = new OpenApiSchema { Type = JsonSchemaType.Array, Items = new OpenApiSchema { Type = JsonSchemaType.String } },
                },
            },
        };
    }

    private static string NameOf(int status) => $"Problem{status}";

    private static OpenApiSchema Text(string description) => new() { Type = JsonSchemaType.String, Description = description };

    private static JsonObject Example(int status)
    {
        var known = ProblemRegistration.ForStatus(status);
        var example = new JsonObject { ["type"] = known.Type, ["title"] = known.Title, ["status"] = status, ["detail"] = known.Detail };
        if (status == 422)
        {
            example["errors"] = new JsonObject { ["/steps/1/config/model"] = new JsonArray("There is no model 'klinge'. Accepted: kling-image, nano-banana.") };
        }

        example["trace_id"] = "0af7651916cd43dd8448eb211c80319c";
        return example;
    }

    public static bool IsProblem(string status) => int.TryParse(status, NumberStyles.None, CultureInfo.InvariantCulture, out var code) && code >= 400;
}
