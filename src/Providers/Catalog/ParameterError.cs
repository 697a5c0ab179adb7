namespace Providers.Catalog;

/// <param name="Path">JSON pointer below the step's config, for example <c>/aspect_ratio</c>.</param>
/// <param name="Message">What is wrong and what would be accepted.</param>
public readonly record struct ParameterError(string Path, string Message);
