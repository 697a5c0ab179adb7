using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace ServiceDefaults.OpenApi;

/// <summary>
/// Each service describes its own endpoints as OpenAPI 3.1 at <c>/openapi/v1.json</c>; the gateway joins them to the public document.
/// Texts come from the XML documentation of handlers and types, examples from <see cref="EndpointDocs"/> or else from the schemas.
/// </summary>
public static class OpenApiRegistration
{
    /// <param name="title">What the service is called in its own document.</param>
    public static void AddPipelineOpenApi(this WebApplicationBuilder builder, string title)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var service = builder.Environment.ApplicationName;
        builder.Services.AddOpenApi("v1", options =>
        {
            options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
            options.AddSchemaTransformer(SchemaDocs.Transform);
            options.AddOperationTransformer((operation, context, _) => OperationDocs.Transform(operation, context, service));
            options.AddDocumentTransformer((document, _, _) =>
            {
                document.Info = new OpenApiInfo { Title = title, Version = "1" };

                // The address it was asked at is an inner one.
                document.Servers?.Clear();
                document.Tags = null;
                ProblemResponses.AddSchema(document);
                SecuritySchemes.AddTo(document);
                ExampleFromSchema.Complete(document);
                return Task.CompletedTask;
            });
        });
    }

    /// <summary>The document, open to everyone who can reach the service.</summary>
    public static void MapPipelineOpenApi(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.MapOpenApi().AllowAnonymous();
    }
}
