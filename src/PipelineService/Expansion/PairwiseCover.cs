namespace PipelineService.Expansion;

/// <summary>
/// A small set of combinations in which every pair of options of two kinds occurs at least once (a covering array of strength two).
/// The fewest rows of two ways: an orthogonal array, rid of what its surplus levels repeat, and greedily one row at a time from several deterministic starts.
/// Pure: the same kinds give the same rows.
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
        var best = Fewest(sizes);
        return
        [
            .. best
                .OrderBy(row => row, Comparer<int[]>.Create((left, right) => left.AsSpan().SequenceCompareTo(right)))
                .Select(row => kinds.Select((kind, index) => (kind.Name, Option: kind.Options[row[index]])).ToDictionary(pair => pair.Name, pair => pair.Option)),
        ];
    }

    private static List<int[]> Fewest(int[] sizes)
    {
        // No cover is smaller than all pairs of the two largest kinds.
        var largest = sizes.OrderDescending().Take(2).Aggregate(1, (product, size) => product * size);
        var fewest = Array(sizes);
        for (var start = 0; start < Starts && (fewest is null || fewest.Count > largest); start++)
        {
            var rows = Greedy(sizes, (uint)start);
            fewest = fewest is null || rows.Count < fewest.Count ? rows : fewest;
        }

        return fewest!;
    }

    /// <summary>Levels that a kind does not have stand for its others; rows that bring no pair of their own are left out.</summary>
    private static List<int[]>? Array(int[] sizes)
    {
        var order = Enumerable.Range(0, sizes.Length).OrderByDescending(kind => sizes[kind]).ToArray();
        if (OrthogonalArray.Of(sizes.Length, sizes[order[0]]) is not { } all)
        {
            return null;
        }

        var rows = all.ConvertAll(row => sizes.Select((size, kind) => row[System.Array.IndexOf(order, kind)] % size).ToArray());
        var times = new Dictionary<(int, int, int, int), int>();
        foreach (var pair in rows.SelectMany(Pairs))
        {
            times[pair] = times.GetValueOrDefault(pair) + 1;
        }

        for (var index = rows.Count - 1; index >= 0; index--)
        {
            if (Pairs(rows[index]).All(pair => times[pair] > 1))
            {
                foreach (var pair in Pairs(rows[index]))
                {
                    times[pair]--;
                }

                rows.RemoveAt(index);
            }
        }

        return rows;
    }

    private static IEnumerable<(int Kind, int Option, int OtherKind, int OtherOption)> Pairs(int[] row)
    {
        for (var left = 0; left < row.Length; left++)
        {
            for (var right = left + 1; right < row.Length; right++)
            {
                yield return (left, row[left], right, row[right]);
            }
        }
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
