using System.Text;

namespace ServiceDefaults.Problems;

/// <summary>JSON pointers (RFC 6901) out of the reader's JSON paths.</summary>
public static class JsonPointer
{
    /// <summary><c>$.steps[1].config</c> becomes <c>/steps/1/config</c>; null becomes the whole document.</summary>
    public static string FromPath(string? path)
    {
        if (path is null or "$" or "")
        {
            return string.Empty;
        }

        var pointer = new StringBuilder();
        var quoted = false;
        foreach (var character in path.TrimStart('$'))
        {
            switch (character)
            {
                case '\'':
                    quoted = !quoted;
                    break;
                case '.' or '[' when !quoted:
                    pointer.Append('/');
                    break;
                case ']' when !quoted:
                    break;
                default:
                    pointer.Append(character);
                    break;
            }
        }

        return pointer.Replace("//", "/").ToString();
    }
}
