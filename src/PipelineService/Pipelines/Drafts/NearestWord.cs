namespace PipelineService.Pipelines.Drafts;

/// <summary>Finds the word that was probably meant.</summary>
internal static class NearestWord
{
    /// <summary>Null when nothing is near: more than a third of the letters differ.</summary>
    public static string? Of(string word, IEnumerable<string> known)
    {
        if (word.Length > 40)
        {
            return null;
        }

        var best = known.Select(candidate => (Word: candidate, Distance: Distance(word, candidate))).DefaultIfEmpty((Word: string.Empty, Distance: int.MaxValue)).MinBy(pair => pair.Distance);
        return best.Distance <= Math.Max(2, word.Length / 3) ? best.Word : null;
    }

    /// <summary>Letters to insert, delete or change.</summary>
    private static int Distance(string from, string to)
    {
        var row = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 1; i <= from.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                var change = diagonal + (from[i - 1] == to[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(change, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
