namespace Providers.Replicate;

/// <summary>An accepted prediction. Where it is looked after follows from its id alone: the addresses that an answer states are not used, because the token would go there.</summary>
internal sealed record ReplicateHandle(string Id)
{
    private const int MostCharacters = 100;

    /// <summary>Below the API's own address.</summary>
    public string Path => "/v1/predictions/" + Id;

    /// <summary>Out of the answer to a submit; null when it has no usable id.</summary>
    public static ReplicateHandle? Read(ReplicateAnswer answer) => answer.Text("id") is { } id && IsId(id) ? new ReplicateHandle(id) : null;

    /// <exception cref="FormatException">It is none of ours.</exception>
    public static ReplicateHandle Parse(string text) => IsId(text) ? new ReplicateHandle(text) : throw new FormatException("This is no handle of a prediction.");

    public override string ToString() => Id;

    internal static bool IsId(string id) => id.Length is > 0 and <= MostCharacters && id.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_');
}
