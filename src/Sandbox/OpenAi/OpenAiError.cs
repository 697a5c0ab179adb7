namespace Sandbox.OpenAi;

/// <summary>A refusal in OpenAI's shape.</summary>
/// <param name="Param">The field it is about; null for none.</param>
internal sealed record OpenAiError(int Status, string Type, string? Code, string? Param, string Message)
{
    private const string Request = "invalid_request_error";

    public static OpenAiError BadKey { get; } = new(401, Request, "invalid_api_key", null, "Incorrect API key provided. You can find your API key at https://platform.openai.com/account/api-keys.");

    public static OpenAiError Server { get; } = new(500, "server_error", "server_error", null, "The server had an error while processing your request. Sorry about that!");

    public static OpenAiError NoModel(string model) => new(404, Request, "model_not_found", null, $"The model '{model}' does not exist or you do not have access to it.");

    public static OpenAiError Missing(string field) => new(400, Request, "missing_required_parameter", field, $"Missing required parameter: '{field}'.");

    public static OpenAiError Unknown(string field) => new(400, Request, "unknown_parameter", field, $"Unknown parameter: '{field}'.");

    public static OpenAiError Invalid(string field, string value, string accepted) => new(400, Request, "invalid_value", field, $"Invalid value: '{value}'. Supported values are: {accepted}.");

    public static OpenAiError Field(string code, string field, string message, string type = Request) => new(400, type, code, field, message);

    public IResult Result() => Results.Json(new { error = new { message = Message, type = Type, param = Param, code = Code } }, statusCode: Status);
}
