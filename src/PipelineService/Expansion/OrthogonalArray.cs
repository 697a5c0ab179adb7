namespace PipelineService.Expansion;

/// <summary>
/// Rows over q levels in which every pair of columns shows every pair of levels exactly once: q² rows, q + 1 columns, from the lines of an affine plane over a field
/// of q elements (Bush 1952). Pure.
/// </summary>
internal static class OrthogonalArray
{
    private static readonly int[] FieldSizes = [2, 3, 4, 5, 7, 11, 13, 17, 19, 23];

    // x² = x + 1 over {0, 1}: the field of four elements; the other sizes are primes.
    private static readonly int[,] TimesInFour = { { 0, 0, 0, 0 }, { 0, 1, 2, 3 }, { 0, 2, 3, 1 }, { 0, 3, 1, 2 } };

    /// <summary>Null when there is none that is small enough to be of use.</summary>
    /// <param name="levels">Of the column with the most.</param>
    public static List<int[]>? Of(int columns, int levels)
    {
        var size = FieldSizes.FirstOrDefault(size => size >= levels && size + 1 >= columns);
        if (size == 0)
        {
            return null;
        }

        var rows = new List<int[]>(size * size);
        for (var first = 0; first < size; first++)
        {
            for (var offset = 0; offset < size; offset++)
            {
                var row = new int[columns];
                row[0] = first;
                for (var column = 1; column < columns; column++)
                {
                    row[column] = Add(offset, Times(column - 1, first, size), size);
                }

                rows.Add(row);
            }
        }

        return rows;
    }

    private static int Add(int left, int right, int size) => size == 4 ? left ^ right : (left + right) % size;

    private static int Times(int left, int right, int size) => size == 4 ? TimesInFour[left, right] : left * right % size;
}
