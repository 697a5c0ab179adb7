using System.Globalization;
using System.Reflection;
using System.Text;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using ServiceDefaults.Storage;

namespace ServiceDefaults.OpenApi;

/// <summary>Completes one operation: id, tag, text, credentials, problem answers and examples.</summary>
internal static class OperationDocs
{
    public static Task Transform(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var description = context.Description;
        var metadata = description.ActionDescriptor.EndpointMetadata;
        var document = context.Document!;
        var open = metadata.OfType<IAllowAnonymous>().Any();

        operation.OperationId = operation.OperationId is { } name ? SnakeCase.Of(name) : IdOf(description);
        if (HttpMethods.IsHead(description.HttpMethod ?? string.Empty) && !operation.OperationId.StartsWith("head_", StringComparison.Ordinal))
        {
            // One handler and name serve GET and HEAD.
            operation.OperationId = "head_" + operation.OperationId;
        }

        if (!metadata.OfType<ITagsMetadata>().Any())
        {
            operation.Tags = new HashSet<OpenApiTagReference> { new(TagOf(description.RelativePath ?? string.Empty), document) };
        }

        if (metadata.OfType<MethodInfo>().FirstOrDefault() is { } handler && operation.Summary is null && XmlDocs.Of(handler) is { } text)
        {
            (operation.Summary, var rest) = FirstSentence(text);
            operation.Description ??= rest;
        }

        DescribeParameters(operation, description);
        operation.Security = open ? null : SecuritySchemes.Required(document);
        AddProblems(operation, description, metadata, document, open);
        AddExamples(operation, metadata);
        return Task.CompletedTask;
    }

    /// <summary>Parameters that are properties of a record carry its documentation, and every one its words and the name clients write.</summary>
    private static void DescribeParameters(OpenApiOperation operation, ApiDescription description)
    {
        foreach (var parameter in operation.Parameters?.OfType<OpenApiParameter>() ?? [])
        {
            var source = description.ParameterDescriptions.FirstOrDefault(one => one.Name == parameter.Name)?.ParameterDescriptor as IParameterInfoParameterDescriptor;
            if (source?.ParameterInfo.Member is PropertyInfo property)
            {
                parameter.Description ??= XmlDocs.OfProperty(property);
            }

            if (parameter.Schema is OpenApiSchema schema && (SchemaWords.Of(source?.ParameterInfo) ?? SchemaWords.Of(source?.ParameterInfo.Member as PropertyInfo)) is { } words)
            {
                SchemaWords.Apply(schema, words);
            }

            parameter.Name = ParameterName(parameter);
        }
    }

    private static void AddProblems(OpenApiOperation operation, ApiDescription description, IList<object> metadata, OpenApiDocument document, bool open)
    {
        operation.Responses ??= [];
        var statuses = operation.Responses.Keys.Where(ProblemResponses.IsProblem).Select(status => int.Parse(status, CultureInfo.InvariantCulture))
            .Concat(metadata.OfType<EndpointDocs.ProblemsMetadata>().SelectMany(problems => problems.Statuses))
            .Concat([400, 429, 503])
            .Concat(open ? [] : [401, 403])
            .Concat(description.RelativePath?.Contains('{', StringComparison.Ordinal) == true ? [404] : [])
            .Concat(operation.RequestBody is null ? [] : [413, 415, 422])
            .Distinct()
            .Order();
        foreach (var status in statuses)
        {
            operation.Responses[status.ToString(CultureInfo.InvariantCulture)] = ProblemResponses.For(status, document);
        }
    }

    private static void AddExamples(OpenApiOperation operation, IList<object> metadata)
    {
        foreach (var example in metadata.OfType<EndpointDocs.ExampleMetadata>())
        {
            var content = example.Status is { } status
                ? operation.Responses?.GetValueOrDefault(status.ToString(CultureInfo.InvariantCulture))?.Content
                : operation.RequestBody?.Content;
            foreach (var media in content?.Values ?? [])
            {
                media.Example = example.Body?.DeepClone();
            }
        }
    }

    /// <summary><c>GET /pipelines/{id}/steps</c> becomes <c>get_pipelines_id_steps</c>, where an endpoint has no name.</summary>
    private static string IdOf(ApiDescription description)
    {
        var id = new StringBuilder(description.HttpMethod?.ToLowerInvariant() ?? "any");
        foreach (var segment in (description.RelativePath ?? string.Empty).Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            // "{id:long}" is known as "id".
            id.Append('_').Append(SnakeCase.Of(segment.Trim('{', '}', '*').Split(':', '?')[0]).Replace('-', '_'));
        }

        return id.ToString();
    }

    /// <summary>
    /// Path parameters have no name on the wire, so they are called as everything else is. A query's name is what is bound; its case does not
    /// matter there.
    /// </summary>
    private static string? ParameterName(OpenApiParameter parameter) => parameter switch
    {
        { Name: null } => null,
        { In: ParameterLocation.Path } => SnakeCase.Of(parameter.Name),
        { In: ParameterLocation.Query } when !SnakeCase.Of(parameter.Name).Contains('_', StringComparison.Ordinal) => SnakeCase.Of(parameter.Name),
        _ => parameter.Name,
    };

    private static string TagOf(string path)
    {
        var first = path.TrimStart('/').Split('/')[0].Replace('-', ' ');
        return first.Length == 0 ? "Other" : char.ToUpperInvariant(first[0]) + first[1..];
    }

    private static (string Summary, string? More) FirstSentence(string text)
    {
        var end = text.IndexOf(". ", StringComparison.Ordinal);
        return end < 0 ? (text.TrimEnd('.'), null) : (text[..end], text[(end + 2)..]);
    }
}
