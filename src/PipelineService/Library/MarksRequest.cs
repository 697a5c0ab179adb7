using System.ComponentModel.DataAnnotations;

namespace PipelineService.Library;

/// <summary>Marks for many assets at once; what is left out stays as it is.</summary>
/// <param name="Ids">Ids of assets of this tenant, those in the trash included.</param>
/// <param name="Star">Whether they are starred.</param>
/// <param name="Rating">1 to 5 for all of them; 0 takes the rating away. An output's file and the output have one rating.</param>
/// <param name="AddTags">Tags as they are to be written; those that are there already stay once.</param>
/// <param name="AddTo">Ids of collections.</param>
/// <param name="RemoveFrom">Ids of collections.</param>
public sealed record MarksRequest(
    [property: Required] IReadOnlyList<long>? Ids,
    bool? Star = null,
    int? Rating = null,
    IReadOnlyList<string>? AddTags = null,
    IReadOnlyList<string>? RemoveTags = null,
    IReadOnlyList<long>? AddTo = null,
    IReadOnlyList<long>? RemoveFrom = null);
