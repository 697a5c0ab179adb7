using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;
using ServiceDefaults.Storage;

namespace ServiceDefaults.OpenApi;

/// <summary>
/// Each service describes its own endpoints as OpenAPI 3.1 at <c>/openapi/v1.json</c>; the gateway joins them to the public document.
/// Texts come from the XML documentation of handlers and types, examples from <see cref="EndpointDocs"/> or else from the schemas.
/// </summary>
public static partial class OpenApiRegistration
{
    /// <param name="title">What the service is called in its own document.</param>
    public static void AddPipelineOpenApi(this WebApplicationBuilder builder, string title)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddOpenApi("v1", options =>
        {
            options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
            options.AddSchemaTransformer(SchemaDocs.Transform);
            options.AddOperationTransformer(OperationDocs.Transform);
            options.AddDocumentTransformer((document, _, _) =>
            {
                document.Info = new OpenApiInfo { Title = title, Version = "1" };

                // The address it was asked at is an inner one.
                document.Servers?.Clear();
                document.Tags = null;
                document.Paths = InSnakeCase(document.Paths);
                ProblemResponses.AddSchema(document);
                SecuritySchemes.AddTo(document);
                ExampleFromSchema.Complete(document);
                return Task.CompletedTask;
            });
        });
    }

    /// <summary><c>/steps/{stepId}</c> becomes <c>/steps/{step_id}</c>.</summary>
    private static OpenApiPaths InSnakeCase(OpenApiPaths paths)
    {
        var renamed = new OpenApiPaths();
        foreach (var (path, item) in paths)
        {
            renamed.Add(PathParameter().Replace(path, parameter => SnakeCase.Of(parameter.Value)), item);
        }

        return renamed;
    }

    [GeneratedRegex(@"(?<=\{)\w+(?=\})")]
    private static partial Regex PathParameter();

    /// <summary>The document, open to everyone who can reach the service.</summary>
    public static void MapPipelineOpenApi(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.MapOpenApi().AllowAnonymous();
    }
}
