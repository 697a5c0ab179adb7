using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Providers.Http;

namespace Providers.Tests.Http;

public sealed class JsonSplitTests
{
    private const int MostJson = 10_000;
    private const long MostFile = 1_000_000;

    [Fact]
    public void A_file_is_taken_out_whole_however_the_document_is_cut()
    {
        var property = Prop.ForAll(
            Gen.Choose(0, 300).ToArbitrary(),
            Gen.Choose(1, 20).ToArbitrary(),
            (length, piece) =>
            {
                var file = Enumerable.Range(0, length).Select(n => (byte)(n * 7)).ToArray();
                var (read, taken) = Read(Answer(Convert.ToBase64String(file)), piece);
                return read.Flaw == JsonFlaw.None && taken.SequenceEqual(file) && read.FileBytes == length
                    && read.Json!.Value.GetProperty("data")[0].GetProperty("b64_json").GetString() == "" && read.Json.Value.GetProperty("created").GetInt32() == 7;
            });
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), property);
    }

    [Theory]
    [InlineData("""{"b64_json":null,"a":"b64_json","b":["b64_json"],"c":"x"}""", "")]
    [InlineData("""{"other":"b64_json","b64_json" : "aGk=","x":1}""", "hi")]
    [InlineData("""{"\"b64_json":"aGk=","b64_json_":"aGk=","b64_jso":"aGk="}""", "")]
    [InlineData("""{"b64_json":{"b64_json":"aGk="}}""", "hi")]
    [InlineData("""{"b64_json":"aGk=","again":{"b64_json":"eWV0"}}""", "hi")]
    [InlineData("""{"b64_json":"\/\/\/\/"}""", "\u00ff\u00ff\u00ff")]
    [InlineData("""{"b64_json":"\u002B\u002b\u002F\u002F"}""", "\u00fb\u00ef\u00ff")]
    [InlineData("""{"b64_json":"aGk\u003D"}""", "hi")]
    [InlineData("""{"b64_json":""}""", "")]
    public void Only_the_first_text_of_that_name_is_the_file(string json, string file)
    {
        var (read, taken) = Read(json, 3);

        Assert.Equal(JsonFlaw.None, read.Flaw);
        Assert.Equal(file, Encoding.Latin1.GetString(taken));
    }

    [Theory]
    [InlineData("""{"b64_json":"a-b_"}""", nameof(JsonFlaw.NotBase64))]
    [InlineData("""{"b64_json":"aGk"}""", nameof(JsonFlaw.NotBase64))]
    [InlineData("""{"b64_json":"aGk=aGk="}""", nameof(JsonFlaw.NotBase64))]
    [InlineData("""{"b64_json":"a\nGk="}""", nameof(JsonFlaw.NotBase64))]
    [InlineData("""{"b64_json":"a\u12GkGk="}""", nameof(JsonFlaw.NotBase64))]
    [InlineData("""{"b64_json":"a\u0100Gk="}""", nameof(JsonFlaw.NotBase64))]
    [InlineData("""{"b64_json":"aGk=""", nameof(JsonFlaw.NotJson))]
    [InlineData("<html>b64_json</html>", nameof(JsonFlaw.NotJson))]
    [InlineData("", nameof(JsonFlaw.NotJson))]
    public void What_is_neither_JSON_nor_base64_is_told(string json, string flaw)
    {
        var (read, _) = Read(json, 4);

        Assert.Equal((flaw, null), (read.Flaw.ToString(), read.Json?.ToString()));
    }

    [Fact]
    public void Both_parts_are_bounded()
    {
        Assert.Equal(JsonFlaw.TooLarge, Read(Answer(Convert.ToBase64String(new byte[MostFile + 3])), 5000).Read.Flaw);
        Assert.Equal(JsonFlaw.None, Read(Answer(Convert.ToBase64String(new byte[MostFile])), 5000).Read.Flaw);
        Assert.Equal(JsonFlaw.TooLarge, Read($$"""{"text":"{{new string('x', MostJson)}}"}""", 5000).Read.Flaw);
        Assert.Equal(JsonFlaw.TooLarge, Read($$$"""{"b64_json":"aGk=","again":{"b64_json":"{{{new string('A', 2_000_000)}}}"}}""", 5000).Read.Flaw);
    }

    private static (JsonRead Read, byte[] File) Read(string json, int piece)
    {
        var split = new JsonSplit("b64_json", MostJson, MostFile);
        var file = new List<byte>();
        foreach (var part in Encoding.UTF8.GetBytes(json).Chunk(piece))
        {
            split.Take(part);
            file.AddRange(split.Decoded.ToArray());
        }

        return (split.End(), [.. file]);
    }

    private static string Answer(string base64) => $$$"""{"created":7,"data":[{"b64_json":"{{{base64}}}","n":"x"}],"usage":{"b":"\"b64_json\":\""}}""";
}
