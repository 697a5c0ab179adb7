namespace PipelineService.Expansion;

/// <summary>
/// A small set of combinations in which every pair of options of two kinds occurs at least once (a covering array of strength two).
/// Greedy, one row at a time, best of several deterministic starts. Pure: the same kinds give the same rows.
/// </summary>
public static class PairwiseCover
{
    private const int Starts = 60;

    public static IReadOnlyList<IReadOnlyDictionary<string, string>> Of(IReadOnlyList<SetKind> kinds)
    {
        if (kinds.Count == 0 || kinds.Any(kind => kind.Options.Count == 0))
        {
            return [];
        }

        if (kinds.Count == 1)
        {
            return [.. kinds[0].Options.Select(option => new Dictionary<string, string> { [kinds[0].Name] = option })];
        }

        var sizes = kinds.Select(kind => kind.Options.Count).ToArray();
        var best = Enumerable.Range(0, Starts).Select(start => Greedy(sizes, (uint)start)).MinBy(rows => rows.Count)!;
        return
        [
            .. best
                .OrderBy(row => row, Comparer<int[]>.Create((left, right) => left.AsSpan().SequenceCompareTo(right)))
                .Select(row => kinds.Select((kind, index) => (kind.Name, Option: kind.Options[row[index]])).ToDictionary(pair => pair.Name, pair => pair.Option)),
        ];
    }

    private static List<int[]> Greedy(int[] sizes, uint start)
    {
        var random = (start * 2654435761u) | 1u;
        var open = new HashSet<(int Kind, int Option, int OtherKind, int OtherOption)>();
        for (var left = 0; left < sizes.Length; left++)
        {
            for (var right = left + 1; right < sizes.Length; right++)
            {
                for (var option = 0; option < sizes[left]; option++)
                {
                    for (var other = 0; other < sizes[right]; other++)
                    {
                        open.Add((left, option, right, other));
                    }
                }
            }
        }

        var rows = new List<int[]>();
        while (open.Count > 0)
        {
            var row = BestRow(sizes, open, ref random);
            rows.Add(row);
            open.RemoveWhere(pair => row[pair.Kind] == pair.Option && row[pair.OtherKind] == pair.OtherOption);
        }

        return rows;
    }

    // Each row starts from a pair that is still open, then fills the other kinds with the option that covers most.
    private static int[] BestRow(int[] sizes, HashSet<(int Kind, int Option, int OtherKind, int OtherOption)> open, ref uint random)
    {
        int[]? best = null;
        var bestCovered = -1;
        for (var trial = 0; trial < 24; trial++)
        {
            var row = Enumerable.Repeat(-1, sizes.Length).ToArray();
            var seed = open.ElementAt((int)(Next(ref random) % (uint)open.Count));
            row[seed.Kind] = seed.Option;
            row[seed.OtherKind] = seed.OtherOption;
            var order = Enumerable.Range(0, sizes.Length).Where(kind => row[kind] < 0).ToArray();
            for (var index = order.Length - 1; index > 0; index--)
            {
                var swap = (int)(Next(ref random) % (uint)(index + 1));
                (order[index], order[swap]) = (order[swap], order[index]);
            }

            foreach (var kind in order)
            {
                var shift = (int)(Next(ref random) % (uint)sizes[kind]);
                row[kind] = Enumerable.Range(0, sizes[kind]).Select(option => (option + shift) % sizes[kind]).MaxBy(option => Gain(row, kind, option, open));
            }

            var covered = open.Count(pair => row[pair.Kind] == pair.Option && row[pair.OtherKind] == pair.OtherOption);
            if (covered > bestCovered)
            {
                (best, bestCovered) = (row, covered);
            }
        }

        return best!;
    }

    private static int Gain(int[] row, int kind, int option, HashSet<(int, int, int, int)> open)
    {
        var gain = 0;
        for (var other = 0; other < row.Length; other++)
        {
            if (other != kind && row[other] >= 0 && open.Contains(other < kind ? (other, row[other], kind, option) : (kind, option, other, row[other])))
            {
                gain++;
            }
        }

        return gain;
    }

    // xorshift: small, and the same everywhere.
    private static uint Next(ref uint state)
    {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        return state;
    }
}
