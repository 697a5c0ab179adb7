using System.Globalization;
using System.Reflection;
using System.Text;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using ServiceDefaults.Storage;

namespace ServiceDefaults.OpenApi;

/// <summary>Completes one operation: id, tag, text, credentials, problem answers and examples.</summary>
internal static class OperationDocs
{
    public static Task Transform(OpenApiOperation operation, OpenApiOperationTransformerContext context, string serviceName)
    {
        var description = context.Description;
        var metadata = description.ActionDescriptor.EndpointMetadata;
        var document = context.Document!;
        var open = metadata.OfType<IAllowAnonymous>().Any();

        operation.OperationId ??= IdOf(description);
        if (operation.Tags is null || operation.Tags.All(tag => tag.Name == serviceName))
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

    /// <summary>Query parameters that are properties of a record are called by the property; clients write them in lower case.</summary>
    private static void DescribeParameters(OpenApiOperation operation, ApiDescription description)
    {
        foreach (var parameter in operation.Parameters?.OfType<OpenApiParameter>() ?? [])
        {
            var source = description.ParameterDescriptions.FirstOrDefault(one => one.Name == parameter.Name)?.ParameterDescriptor as IParameterInfoParameterDescriptor;
            if (source?.ParameterInfo.Member is PropertyInfo property)
            {
                parameter.Description ??= XmlDocs.OfProperty(property);
            }

            if (parameter is { In: ParameterLocation.Query, Name: { } name } && char.IsUpper(name[0]))
            {
                parameter.Name = SnakeCase.Of(name);
            }
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
            id.Append('_').Append(segment.Trim('{', '}', '*').Split(':', '?')[0].Replace('-', '_'));
        }

        return id.ToString();
    }

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
