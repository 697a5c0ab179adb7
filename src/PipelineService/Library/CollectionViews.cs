using System.ComponentModel.DataAnnotations;

namespace PipelineService.Library;

/// <param name="Assets">How many lie in it, those in the trash not counted.</param>
/// <param name="CoverUrl">A small picture of the newest of them; null when it is empty.</param>
public sealed record CollectionView(long Id, string Name, int Assets, string? CoverUrl, DateTimeOffset CreatedAt);

/// <summary>All collections, by name.</summary>
public sealed record CollectionList(IReadOnlyList<CollectionView> Data);

/// <param name="Name">Unlike any other's, whatever its capital letters.</param>
public sealed record CollectionRequest([property: Required] string? Name);
