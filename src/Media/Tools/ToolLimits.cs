namespace Media.Tools;

/// <summary>What one run of a program may use.</summary>
/// <param name="Timeout">Wall time; past it the process tree is killed.</param>
/// <param name="MemoryMegabytes">Address space.</param>
/// <param name="OutputMegabytes">Largest file it may write.</param>
public readonly record struct ToolLimits(TimeSpan Timeout, int MemoryMegabytes, int OutputMegabytes = 512);
