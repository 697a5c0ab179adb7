namespace Media;

/// <summary>Where files live: a local folder now, S3 by the same four verbs. Keys begin with the tenant and name the content.</summary>
public interface IObjectStore
{
    /// <summary>
    /// Stores a file under <see cref="ObjectKeys.ForContent"/> and returns its key, hash and length. The same bytes of one tenant are stored once;
    /// writing them again is harmless, also at the same moment.
    /// </summary>
    Task<StoredObject> PutAsync(long tenantId, Stream content, string extension, CancellationToken cancellationToken);

    /// <summary>A seekable stream, or null when there is no such object.</summary>
    Task<Stream?> OpenReadAsync(string key, CancellationToken cancellationToken);

    /// <summary>A local path with the object's content for programs that want a file; null when there is no such object. Never to be written to.</summary>
    Task<string?> GetLocalPathAsync(string key, CancellationToken cancellationToken);

    /// <summary>Stores derived content (a thumbnail) under a key of the caller's; overwrites.</summary>
    Task PutDerivedAsync(string key, Stream content, CancellationToken cancellationToken);

    Task DeleteAsync(string key, CancellationToken cancellationToken);
}

/// <param name="Sha256">Lower-case hex.</param>
public sealed record StoredObject(string Key, string Sha256, long Bytes);
