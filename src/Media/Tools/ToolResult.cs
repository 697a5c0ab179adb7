namespace Media.Tools;

/// <summary>How a program ended.</summary>
/// <param name="Output">Standard output, at most the first 64 KB.</param>
/// <param name="Error">Standard error, at most the first 4 KB.</param>
public sealed record ToolResult(int ExitCode, bool TimedOut, string Output, string Error)
{
    public bool Ok => ExitCode == 0 && !TimedOut;
}
