using System.Collections.Concurrent;

namespace Sandbox.Files;

/// <summary>Uploads and results: the storage services and media hosts of all vendors in one. Kept in a folder of temporary files until the process ends.</summary>
internal sealed class StoredFiles : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pipeline-sandbox-").FullName;
    private readonly ConcurrentDictionary<string, Stored> _files = new();
    private readonly ConcurrentDictionary<string, int> _uploads = new();

    /// <summary>Vendor → files that were put into its storage.</summary>
    public IReadOnlyDictionary<string, int> Uploads => _uploads;

    /// <summary>A place for a file that is still to come.</summary>
    public string Reserve(string contentType)
    {
        var id = Guid.NewGuid().ToString("N");
        _files[id] = new Stored(Path.Combine(_folder, id), contentType, Fault.None, false);
        return id;
    }

    /// <summary>Takes a file over; it is moved.</summary>
    public string Keep(string path, string contentType, Fault fault)
    {
        var id = Guid.NewGuid().ToString("N");
        var own = Path.Combine(_folder, id);
        File.Move(path, own);
        _files[id] = new Stored(own, contentType, fault, true);
        return id;
    }

    public Stored? Find(string id) => _files.GetValueOrDefault(id);

    public void Arrived(string id, string vendor)
    {
        _files[id] = _files[id] with { IsThere = true };
        _uploads.AddOrUpdate(vendor, 1, (_, count) => count + 1);
    }

    /// <summary>The file of one of our own addresses; null when it is none or not there.</summary>
    public string? PathOf(Uri address)
    {
        var id = address.Segments switch
        {
            ["/", "files/", var first, ..] => first,
            ["/", "v1/", "files/", var first] => first,
            _ => null,
        };
        return id is not null && Find(id.TrimEnd('/')) is { IsThere: true } file ? file.Path : null;
    }

    /// <summary>A cut comes once: who asks again gets it whole.</summary>
    public void Mended(string id) => _files[id] = _files[id] with { Fault = Fault.None };

    public void Dispose()
    {
        try
        {
            Directory.Delete(_folder, recursive: true);
        }
        catch (IOException)
        {
            // Left to the system's own cleaning.
        }
    }

    internal sealed record Stored(string Path, string ContentType, Fault Fault, bool IsThere);
}
