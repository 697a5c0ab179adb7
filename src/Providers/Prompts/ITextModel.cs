using Contracts.Generation;

namespace Providers.Prompts;

/// <summary>A vendor's text model, asked for JSON once. Does not try again by itself: whoever asks decides that.</summary>
internal interface ITextModel
{
    /// <summary>The provider's name, for example <c>anthropic</c>.</summary>
    string Provider { get; }

    /// <summary>The vendor's id of the model, for example <c>claude-haiku-5-5</c>.</summary>
    string Model { get; }

    /// <param name="tenantId">Whose question it is, and whose key pays, if it has one.</param>
    Task<TextAnswer> CompleteAsync(long tenantId, TextQuestion question, CancellationToken cancellationToken);
}

/// <summary>What a text model is asked.</summary>
/// <param name="System">Ours alone: nothing of it comes from a user.</param>
/// <param name="User">Holds the user's texts, marked as material.</param>
/// <param name="Before">An earlier answer of the model, and what was wrong with it; null the first time.</param>
internal sealed record TextQuestion(string System, string User, TextPicture? Picture, TextExchange? Before = null)
{
    /// <summary>What the answer has to look like. Strict schemas want every property required and none besides.</summary>
    public const string Schema =
        """{"type":"object","properties":{"prompts":{"type":"array","items":{"type":"string"}}},"required":["prompts"],"additionalProperties":false}""";
}

/// <param name="Answer">The model's own words.</param>
/// <param name="Complaint">What is asked of it now.</param>
internal sealed record TextExchange(string Answer, string Complaint);

/// <param name="Bytes">A JPEG.</param>
internal sealed record TextPicture(ReadOnlyMemory<byte> Bytes);

/// <summary>What came of it.</summary>
internal abstract record TextAnswer
{
    private TextAnswer()
    {
    }

    /// <param name="Text">Should be JSON of <see cref="TextQuestion.Schema"/>; may be cut off or anything else.</param>
    public sealed record Said(string Text, TextUsage Usage, string? RequestId) : TextAnswer;

    public sealed record Failed(ItemFailure Failure, string? RequestId = null) : TextAnswer;
}

/// <summary>Tokens of one call, each counted once.</summary>
/// <param name="Input">Read at the full price.</param>
/// <param name="Cached">Read from the vendor's cache.</param>
/// <param name="CacheWrites">Written to the vendor's cache.</param>
/// <param name="Output">Written by the model, its thinking included.</param>
public readonly record struct TextUsage(long Input, long Output, long Cached = 0, long CacheWrites = 0);
