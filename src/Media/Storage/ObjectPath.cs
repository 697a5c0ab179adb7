using System.Text.RegularExpressions;

namespace Media.Storage;

/// <summary>Turns keys into paths below the root. Only keys of the shape that this project writes have one, so no key can leave the root.</summary>
internal static partial class ObjectPath
{
    /// <exception cref="ArgumentException">Not a key of this project's shape.</exception>
    public static string For(string root, string key) =>
        KeyShape().IsMatch(key) ? Path.Combine(root, key) : throw new ArgumentException($"'{key}' is not an object key.", nameof(key));

    // segments begin with a letter or digit: neither '..' nor a hidden file can be named
    [GeneratedRegex(@"\At/[0-9]{1,19}(/[a-z0-9][a-z0-9._-]{0,99}){1,6}\z", RegexOptions.CultureInvariant)]
    private static partial Regex KeyShape();
}
