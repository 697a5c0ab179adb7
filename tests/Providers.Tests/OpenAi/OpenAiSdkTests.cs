using System.ClientModel;
using System.ClientModel.Primitives;
using System.Text.Json.Nodes;
using OpenAI;
using OpenAI.Images;
using Providers.Tests.Fal;

namespace Providers.Tests.OpenAi;

#pragma warning disable OPENAI001 // Fidelity is marked as one that may still change.

/// <summary>Holds the sandbox honest: OpenAI's own client for .NET works with it as it does with OpenAI.</summary>
[Collection(SandboxTests.Name)]
public sealed class OpenAiSdkTests(RunningSandbox sandbox) : IDisposable
{
    private const string Model = "gpt-image-1.5";

    private readonly Rig _rig = sandbox.Rig();

    public void Dispose() => _rig.Dispose();

    [Fact]
    public async Task The_vendors_own_client_gets_a_picture_with_what_it_cost()
    {
        var made = await EditAsync("portrait in the rain", new ImageEditOptions
        {
            Size = GeneratedImageSize.W1024xH1536,
            Quality = new GeneratedImageQuality("low"),
            InputFidelity = new ImageInputFidelity("low"),
        });

        var picture = Assert.Single(made);
        var path = _rig.PathOf("made");
        await File.WriteAllBytesAsync(path, picture.ImageBytes.ToArray());
        Assert.Equal("1024,1536", await Tools.ProbeAsync(path, "stream=width,height"));
        Assert.Equal((GeneratedImageSize.W1024xH1536, new GeneratedImageQuality("low")), (made.Size!.Value, made.Quality!.Value));
        Assert.Equal(made.Usage.TotalTokenCount, made.Usage.InputTokenCount + made.Usage.OutputTokenCount);
        Assert.True(made.Usage.OutputTokenCount > 0);
        Assert.Equal(135, made.Usage.InputTokenDetails.ImageTokenCount);
    }

    [Theory]
    [InlineData("[fault: policy]", "1024x1024", 400, "moderation_blocked")]
    [InlineData("p", "1000x1000", 400, "invalid_value")]
    [InlineData("[fault: balance]", "1024x1024", 429, "insufficient_quota")]
    [InlineData("[fault: rate_limit]", "1024x1024", 429, "rate_limit_exceeded")]
    [InlineData("[fault: model_error]", "1024x1024", 500, "server_error")]
    public async Task The_vendors_own_client_is_refused_as_by_the_vendor(string prompt, string size, int status, string code)
    {
        var (width, height) = (int.Parse(size.Split('x')[0]), int.Parse(size.Split('x')[1]));

        var error = await Assert.ThrowsAsync<ClientResultException>(() => EditAsync(prompt, new ImageEditOptions { Size = new GeneratedImageSize(width, height) }));

        Assert.Equal(status, error.Status);
        Assert.Contains(code, error.Message, StringComparison.Ordinal);
        Assert.Contains(error.GetRawResponse()!.Headers, header => header.Key.Equals("x-request-id", StringComparison.OrdinalIgnoreCase) && header.Value.StartsWith("req_", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_vendors_own_client_waits_as_it_is_told_and_tries_again()
    {
        var before = await AcceptedAsync();
        (await sandbox.Http.PutAsync("/sandbox/faults/rate_limit?share=0.5", null)).EnsureSuccessStatusCode();
        try
        {
            // Every second one is refused: the first goes through, the second on its second try.
            Assert.Single(await EditAsync("one", new ImageEditOptions(), retries: 1));
            Assert.Single(await EditAsync("two", new ImageEditOptions(), retries: 1));
        }
        finally
        {
            (await sandbox.Http.PutAsync("/sandbox/faults/rate_limit?share=0", null)).EnsureSuccessStatusCode();
        }

        Assert.Equal(before + 2, await AcceptedAsync());
    }

    [Fact]
    public async Task The_vendors_own_client_is_refused_with_a_wrong_key_and_for_a_model_that_is_not_there()
    {
        Assert.Equal(401, (await Assert.ThrowsAsync<ClientResultException>(() => EditAsync("p", new ImageEditOptions(), key: "sk-wrong"))).Status);
        Assert.Equal(404, (await Assert.ThrowsAsync<ClientResultException>(() => EditAsync("p", new ImageEditOptions(), model: "gpt-image-9"))).Status);
    }

    private async Task<GeneratedImageCollection> EditAsync(string prompt, ImageEditOptions options, int retries = 0, string key = RunningSandbox.OpenAiKey, string model = Model)
    {
        var client = new ImageClient(model, new ApiKeyCredential(key), new OpenAIClientOptions
        {
            Endpoint = sandbox.OpenAi,
            RetryPolicy = new ClientRetryPolicy(retries),
            NetworkTimeout = TimeSpan.FromMinutes(1),
        });
        await using var source = File.OpenRead(await Tools.PictureAsync(_rig.PathOf($"{Guid.NewGuid():N}.png")));
        return (await client.GenerateImageEditsAsync(source, "source.png", prompt, 1, options)).Value;
    }

    private async Task<int> AcceptedAsync() => ((JsonObject)(await sandbox.BillAsync())["providers"]!["openai"]!)["accepted"]!.GetValue<int>();
}
