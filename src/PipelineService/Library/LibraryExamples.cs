namespace PipelineService.Library;

/// <summary>Bodies as the reference shows them.</summary>
internal static class LibraryExamples
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    public static AssetIndex Index { get; } = new(
        [new AssetShape("image", 1024, 1536, null), new AssetShape("video", 720, 1280, 5.04m)], [48, 47, 12], [1, 0, 0], [1_769_860_800, 1_769_860_700, 1_769_860_000], null);

    public static AssetFacets Facets { get; } = new(
        3, [new FacetCount("image", 2), new FacetCount("video", 1)], [new FacetCount("generated", 2), new FacetCount("uploaded", 1)], 1,
        [new RatingCount(1, 2), new RatingCount(2, 2), new RatingCount(3, 1), new RatingCount(4, 1), new RatingCount(5, 0)],
        [new FacetCount("kling-image", 1), new FacetCount("kling-video", 1)], [new PipelineCount(7, "Red dress launch", 2)], [new FacetCount("portraits", 1)], [new CollectionCount(3, 1)]);

    public static MarksRequest Marks { get; } = new([47, 48], Star: true, Rating: 4, AddTags: ["launch"], AddTo: [3]);

    public static CollectionRequest NewCollection { get; } = new("Golden hour");

    public static CollectionView Collection { get; } = new(3, "Golden hour", 12, "/assets/48/thumbnail", Noon);

    public static CollectionList Collections { get; } = new([Collection]);

    public static LineageView Lineage { get; } = new(
        47,
        [
            new LineageNode(
                "source", 12, null, null, "photo.png", null, null, "/assets/12/thumbnail", "/assets/12/content", 1024, 1536, null, "there", null, null, null, null, null, null, false, false,
                null, null, null, 0m, null, Noon),
            new LineageNode(
                "image", 47, 91, 12, "image-7-001.jpg", null, "A woman in a flowing red dress", "/assets/47/thumbnail", "/assets/47/content", 1024, 1536, null, "there", 7, "Red dress launch",
                15, "kling-image", "fal", null, false, false, new Contracts.Generation.GenerationParameters("kling-image", "2:3"), null, 42, 0.028m,
                new LineageMaking(301, 2, 0, "req-1", 0.028m, 0.028m, Noon, Noon, Noon, [new EarlierAttempt(1, "kling-image", "fal", "A woman in a red dress", 42, 0.028m)]), Noon),
        ],
        [], 0, 0.028m);
}
