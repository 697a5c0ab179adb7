namespace Benchmarks.Engine;

/// <summary>The matrix as the floor stores it.</summary>
internal static class FloorItems
{
    public const string Schema =
        """
        create table floor_run (id int primary key, done int not null default 0, created timestamptz not null default clock_timestamp());
        create table floor_item (run int, kind int, prompt int, n int, result jsonb, at timestamptz, primary key (run, kind, prompt, n));
        """;

    /// <summary>Stores a batch, counts it, and tells which rows were new: one statement, one commit.</summary>
    public const string Store =
        """
        with stored as (
            update floor_item i set result = a.result::jsonb, at = clock_timestamp()
            from unnest($1, $2, $3, $4, $5) as a (run, kind, prompt, n, result)
            where i.run = a.run and i.kind = a.kind and i.prompt = a.prompt and i.n = a.n and i.result is null
            returning i.run, i.kind, i.prompt, i.n),
        counted as (
            update floor_run r set done = r.done + s.count from (select run, count(*)::int as count from stored group by run) s where r.id = s.run)
        select run, kind, prompt, n from stored
        """;

    private const int ImagesPerPrompt = EngineMatrix.Images / EngineMatrix.Prompts;

    public static IEnumerable<FloorItem> Of(int run) => Enumerable.Range(0, EngineMatrix.Prompts).SelectMany(prompt => Whole(new FloorItem(run, 0, prompt, 0)));

    /// <summary>What an item leads to.</summary>
    public static IEnumerable<FloorItem> After(FloorItem item) => item.Kind switch
    {
        0 => Enumerable.Range(0, ImagesPerPrompt).Select(n => item with { Kind = 1, N = n }),
        1 => [item with { Kind = 2 }],
        _ => [],
    };

    private static IEnumerable<FloorItem> Whole(FloorItem item) => After(item).SelectMany(Whole).Prepend(item);
}
