using System.ComponentModel.DataAnnotations;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.TestHost;
using ServiceDefaults.Identity;
using ServiceDefaults.OpenApi;
using Xunit;

namespace ServiceDefaults.Tests.OpenApi;

public sealed class OpenApiDocumentTests
{
    public enum Mood { Calm, VeryHappy }

    /// <summary>A dog of the house.</summary>
    /// <param name="Name">What it is called.</param>
    /// <param name="Price">In US dollars.</param>
    /// <param name="Mood">How it is today.</param>
    public sealed record Dog(long Id, string Name, int? Age, decimal Price, Mood Mood, DateTimeOffset BornAt, Dog? Parent);

    public sealed record Filter(int? Limit, Mood? Mood, [Words("small", "large")] string? Size);

    public sealed record Wish([property: Required] Dog? Dog, [Words("walk", "play")] string? What, IReadOnlyList<Mood> Moods)
    {
        [Required, Words<Mood>]
        public IReadOnlyList<string?>? Best { get; init; }

        [Words("morning", "evening")]
        public IReadOnlyDictionary<string, int>? Hours { get; init; }

        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public Dog? With { get; init; }

        public Mood? Worst { get; init; }
    }

    [Fact]
    public async Task The_document_is_openapi_3_1()
    {
        var document = await DocumentAsync();

        Assert.StartsWith("3.1", (string?)document["openapi"], StringComparison.Ordinal);
        Assert.Equal("Kennel", (string?)document["info"]!["title"]);
        Assert.Null(document["servers"]);
    }

    [Fact]
    public async Task Integers_are_integers_and_names_are_snake_case()
    {
        var properties = (await DocumentAsync())["components"]!["schemas"]!["Dog"]!["properties"]!.AsObject();

        Assert.Equal("integer", (string?)properties["id"]!["type"]);
        Assert.Equal(["null", "integer"], properties["age"]!["type"]!.AsArray().Select(type => (string?)type).OrderByDescending(type => type));
        Assert.Equal("number", (string?)properties["price"]!["type"]);
        Assert.True(properties.ContainsKey("born_at"));
        Assert.DoesNotContain("pattern", properties.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Enums_are_their_words()
    {
        var mood = (await DocumentAsync())["components"]!["schemas"]!["Mood"]!;

        Assert.Equal("string", (string?)mood["type"]);
        Assert.Equal(["calm", "very_happy"], mood["enum"]!.AsArray().Select(word => (string?)word));
    }

    [Fact]
    public async Task An_enum_that_may_be_null_somewhere_has_no_null_among_its_words()
    {
        var document = await DocumentAsync();

        Assert.Equal(["null", "#/components/schemas/Mood"], Property(document, "Wish", "worst")["oneOf"]!.AsArray().Select(one => (string?)(one!["type"] ?? one["$ref"])));
        Assert.DoesNotContain(null, document["components"]!["schemas"]!["Mood"]!["enum"]!.AsArray());
    }

    [Fact]
    public async Task Texts_have_the_words_that_they_are_marked_with()
    {
        var document = await DocumentAsync();

        Assert.Equal(["walk", "play", null], Words(Property(document, "Wish", "what")));
        Assert.Equal(["calm", "very_happy"], Words(Property(document, "Wish", "best")["items"]!));
        Assert.Equal(["morning", "evening"], Property(document, "Wish", "hours")["properties"]!.AsObject().Select(pair => pair.Key));
        Assert.Equal(["small", "large"], Words(document["paths"]!["/dogs"]!["get"]!["parameters"]!.AsArray().Single(one => (string?)one!["name"] == "size")!["schema"]!));
    }

    [Fact]
    public async Task What_has_to_be_there_and_what_is_left_out_when_null_is_never_null()
    {
        var document = await DocumentAsync();

        Assert.Equal(["best", "dog", "moods", "what"], document["components"]!["schemas"]!["Wish"]!["required"]!.AsArray().Select(name => (string?)name).Order());
        Assert.Equal("#/components/schemas/Dog", (string?)Property(document, "Wish", "dog")["$ref"]);
        Assert.Equal("#/components/schemas/Dog", (string?)Property(document, "Wish", "with")["$ref"]);
        Assert.Equal("array", (string?)Property(document, "Wish", "best")["type"]);
    }

    [Fact]
    public async Task Query_parameters_are_integers_too()
    {
        var parameter = (await DocumentAsync())["paths"]!["/dogs"]!["get"]!["parameters"]![0]!;

        Assert.Equal("limit", (string?)parameter["name"]);
        Assert.Equal("integer", (string?)parameter["schema"]!["type"]);
    }

    [Fact]
    public async Task Texts_come_from_the_documentation_of_handlers_and_types()
    {
        var document = await DocumentAsync();

        Assert.Equal("Takes a dog in", (string?)document["paths"]!["/dogs"]!["post"]!["summary"]);
        Assert.Equal("It gets a place by the fire.", (string?)document["paths"]!["/dogs"]!["post"]!["description"]);
        Assert.Equal("A dog of the house.", (string?)document["components"]!["schemas"]!["Dog"]!["description"]);
        Assert.Equal("How it is today.", (string?)document["components"]!["schemas"]!["Dog"]!["properties"]!["mood"]!["description"]);
        Assert.Null(document["components"]!["schemas"]!["Mood"]!["description"]);
        Assert.Equal("What it is called.", (string?)document["components"]!["schemas"]!["Dog"]!["properties"]!["name"]!["description"]);
    }

    [Fact]
    public async Task Every_operation_tells_its_problem_answers_with_an_example()
    {
        var document = await DocumentAsync();
        var post = document["paths"]!["/dogs"]!["post"]!;

        foreach (var status in new[] { "400", "401", "403", "409", "413", "415", "422", "429", "503" })
        {
            Assert.Equal($"#/components/responses/Problem{status}", (string?)post["responses"]![status]!["$ref"]);
            var problem = document["components"]!["responses"]![$"Problem{status}"]!["content"]!["application/problem+json"]!;
            Assert.Equal("#/components/schemas/Problem", (string?)problem["schema"]!["$ref"]);
            Assert.Equal(int.Parse(status), (int?)problem["example"]!["status"]);
            Assert.NotNull(problem["example"]!["trace_id"]);
        }
    }

    [Fact]
    public async Task An_open_endpoint_needs_no_credential_and_gives_no_401()
    {
        var open = (await DocumentAsync())["paths"]!["/open"]!["get"]!;

        Assert.Null(open["security"]);
        Assert.Null(open["responses"]!["401"]);
    }

    [Fact]
    public async Task An_operation_without_a_name_gets_an_id_and_a_tag_from_its_path()
    {
        var get = (await DocumentAsync())["paths"]!["/dogs/{dog_id}"]!["get"]!;

        Assert.Equal("get_dogs_dog_id", (string?)get["operationId"]);
        Assert.Equal("dog_id", (string?)get["parameters"]![0]!["name"]);
        Assert.Equal("Dogs", (string?)get["tags"]![0]);
        Assert.NotNull(get["responses"]!["404"]);
    }

    [Fact]
    public async Task Names_of_operations_are_snake_case_and_each_is_there_once()
    {
        var dogs = (await DocumentAsync())["paths"]!["/dogs"]!;

        Assert.Equal("list_dogs", (string?)dogs["get"]!["operationId"]);
        Assert.Equal("head_list_dogs", (string?)dogs["head"]!["operationId"]);
    }

    [Fact]
    public async Task Given_examples_win_and_others_follow_the_schema()
    {
        var document = await DocumentAsync();
        var given = document["paths"]!["/dogs"]!["post"]!["requestBody"]!["content"]!["application/json"]!["example"]!;
        var made = document["paths"]!["/dogs/{dog_id}"]!["get"]!["responses"]!["200"]!["content"]!["application/json"]!["example"]!;

        Assert.Equal("Rex", (string?)given["name"]);
        Assert.Equal(1, (int?)made["id"]);
        Assert.Equal("calm", (string?)made["mood"]);
        Assert.NotNull(made["parent"]!["name"]);
    }

    private static JsonNode Property(JsonNode document, string schema, string name) => document["components"]!["schemas"]![schema]!["properties"]![name]!;

    private static IEnumerable<string?> Words(JsonNode schema) => schema["enum"]!.AsArray().Select(word => (string?)word);

    private static async Task<JsonNode> DocumentAsync()
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseTestServer();
        builder.AddServiceDefaults("kennel");
        builder.AddPipelineOpenApi("Kennel");
        await using var app = builder.Build();
        app.UseServiceDefaults();
        app.MapPost("/dogs", Take).RequireAuthorization().WithProblems(409).WithExample(new { name = "Rex" });
        app.MapMethods("/dogs", ["GET", "HEAD"], ([AsParameters] Filter filter, Caller caller) => TypedResults.Ok(Array.Empty<Dog>())).RequireAuthorization().WithName("ListDogs");
        app.MapGet("/dogs/{dogId:long}", (long dogId) => TypedResults.Ok(Rex with { Id = dogId })).RequireAuthorization();
        app.MapPost("/wishes", (Wish wish) => TypedResults.Ok(wish)).RequireAuthorization();
        app.MapGet("/open", () => TypedResults.Ok(Rex)).AllowAnonymous();
        app.MapPipelineOpenApi();
        await app.StartAsync();

        var text = await app.GetTestClient().GetStringAsync("/openapi/v1.json");
        return JsonNode.Parse(text)!;
    }

    private static readonly Dog Rex = new(1, "Rex", null, 10.5m, Mood.Calm, DateTimeOffset.UnixEpoch, null);

    /// <summary>Takes a dog in. It gets a place by the fire.</summary>
    private static Results<Created<Dog>, ProblemHttpResult> Take(Dog dog) => TypedResults.Created("/dogs/1", dog);
}
