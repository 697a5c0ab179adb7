namespace Providers.Local.Prompts;

/// <summary>Two lists whose pairs are all different; the first ones differ in both halves.</summary>
internal sealed record Pool(string[] Firsts, string[] Seconds)
{
    public int Count => Firsts.Length * Seconds.Length;

    /// <summary>All pairs, no two alike, in an order that the dice decide.</summary>
    public IEnumerable<string> Draw(Dice dice)
    {
        var (firsts, seconds) = (dice.Shuffle(Firsts), dice.Shuffle(Seconds));
        for (var i = 0; i < Count; i++)
        {
            var (column, row) = (i % firsts.Count, i / firsts.Count);
            yield return firsts[column] + seconds[(row + column) % seconds.Count];
        }
    }
}
