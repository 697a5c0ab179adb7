namespace Providers.Local;

/// <summary>Numbers that look random and are the same for the same key on every machine.</summary>
internal sealed class Dice(ulong key)
{
    private ulong _state = key;

    public static Dice Of(string text, long seed = 0) => new(StableHash.Of(text, StableHash.Mix((ulong)seed)));

    /// <summary>0 up to, not including, <paramref name="count"/>.</summary>
    public int Next(int count) => (int)(Step() % (ulong)count);

    /// <summary>From <paramref name="from"/> to <paramref name="to"/>.</summary>
    public double Between(double from, double to) => from + ((to - from) * (Step() >> 11) * (1.0 / (1UL << 53)));

    public T Pick<T>(IReadOnlyList<T> choices) => choices[Next(choices.Count)];

    /// <summary>All of them in another order.</summary>
    public IReadOnlyList<T> Shuffle<T>(IEnumerable<T> choices)
    {
        var shuffled = choices.ToArray();
        for (var i = shuffled.Length - 1; i > 0; i--)
        {
            var j = Next(i + 1);
            (shuffled[i], shuffled[j]) = (shuffled[j], shuffled[i]);
        }

        return shuffled;
    }

    // SplitMix64
    private ulong Step() => StableHash.Mix(_state += 0x9E3779B97F4A7C15UL);
}
