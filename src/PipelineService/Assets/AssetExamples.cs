namespace PipelineService.Assets;

/// <summary>Bodies as the reference shows them.</summary>
internal static class AssetExamples
{
    public static AssetResponse Uploaded { get; } = new(
        12, "image", "uploaded", "photo.png", "image/png", 1024, 1536, null, 1_843_200, "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "/assets/12/content", "/assets/12/thumbnail", null, null, null, null, false,
        null, null, false, ["portraits"], [3], new DateTimeOffset(2026, 1, 31, 12, 0, 0, TimeSpan.Zero), null);

    public static AssetIntake Intake { get; } = new([Uploaded], [new FileError("notes.txt", "This is not a PNG, JPEG or WebP picture.")]);

    public static SelectionRequest Selection { get; } = new([12, 13]);

    public static DeletionResponse Deletion { get; } = new(
        [12], [new KeptAsset(13, "Pipeline 7 ('Red dress launch') is not finished and needs it. Cancel the pipeline or wait for its end.")]);

    public static RestorationResponse Restoration { get; } = new([12]);

    public static EmptiedResponse Emptied { get; } = new(2, [], 0);
}
