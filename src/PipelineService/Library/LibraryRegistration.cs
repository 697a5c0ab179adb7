using PipelineService.Assets;

namespace PipelineService.Library;

internal static class LibraryRegistration
{
    /// <summary>What is done with assets that are there: found, marked, collected, put into the trash and brought back.</summary>
    public static void AddLibrary(this IServiceCollection services)
    {
        services.AddScoped<LibraryReading>();
        services.AddScoped<LibraryMarks>();
        services.AddScoped<LineageReading>();
        services.AddScoped<AssetTrash>();
        services.AddHostedService<TrashSweeper>();
    }
}
