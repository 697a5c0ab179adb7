namespace PipelineService.Expansion;

/// <summary>Seeds are 31-bit, as the narrowest provider takes them.</summary>
public static class Seeds
{
    private const long Mask = 0x7FFF_FFFF;

    /// <summary>The asked seed + n for output n; without one, a number that differs from item to item and is the same on every machine.</summary>
    public static long Of(long? asked, long seedBase, int stepOrder, long ordinal, int take) =>
        asked is { } seed ? (seed + take) & Mask : Mix(seedBase, stepOrder, ordinal);

    /// <summary>SplitMix64's finalizer over the three numbers.</summary>
    private static long Mix(long seedBase, int stepOrder, long ordinal)
    {
        var value = (ulong)seedBase * 0x9E3779B97F4A7C15UL + (ulong)stepOrder * 0xBF58476D1CE4E5B9UL + (ulong)ordinal;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9UL;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EBUL;
        return (long)(value ^ (value >> 31)) & Mask;
    }
}
