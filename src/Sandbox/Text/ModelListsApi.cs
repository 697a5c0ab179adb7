using Microsoft.Extensions.Options;
using Providers;
using Providers.Catalog;

namespace Sandbox.Text;

/// <summary>The lists of models of Anthropic and of OpenAI, which have one path there: whoever is asked is told by how the key is brought. Only those for prompts are listed.</summary>
internal static class ModelListsApi
{
    public static void MapModelLists(this IEndpointRouteBuilder app) => app.MapGet("/v1/models", List);

    private static IResult List(HttpContext context, ModelCatalog catalog, IOptions<SandboxOptions> options)
    {
        var anthropic = context.Request.Headers.ContainsKey("x-api-key");
        if (!TextHttp.Allows(context, anthropic ? options.Value.AnthropicKey : options.Value.OpenAiKey))
        {
            return anthropic
                ? Results.Json(new { type = "error", error = new { type = "authentication_error", message = "invalid x-api-key" } }, statusCode: 401)
                : Results.Json(new { error = new { message = "Incorrect API key provided.", type = "invalid_request_error", param = (string?)null, code = "invalid_api_key" } }, statusCode: 401);
        }

        var models = catalog.PromptModels.Where(model => model.Provider == (anthropic ? ProviderNames.Anthropic : ProviderNames.OpenAi)).Select(model => model.Id).ToList();
        return anthropic
            ? Results.Json(new { data = models.Select(id => new { type = "model", id, display_name = id }), has_more = false, first_id = models.FirstOrDefault(), last_id = models.LastOrDefault() })
            : Results.Json(new { @object = "list", data = models.Select(id => new { id, @object = "model", owned_by = "openai" }) });
    }
}
