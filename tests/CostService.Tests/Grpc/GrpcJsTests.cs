using System.Diagnostics;
using System.Text.Json.Nodes;
using Contracts.Costs.Grpc;
using Testing.Studio;
using Xunit;

namespace CostService.Tests.Grpc;

/// <summary>The official gRPC client for Node.js against the running service: ours is the wire that others speak.</summary>
[Collection(CostProcessCollection.Name)]
public sealed class GrpcJsTests(CostProcess cost)
{
    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "CostService.Tests", "grpc-js");

    [Fact]
    public async Task The_official_client_understands_answers_statuses_and_deadlines()
    {
        var cancelled = new TaskCompletionSource();
        await using var slow = await GrpcHost.StartAsync(async (_, cancellationToken) =>
        {
            try
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
                return new PipelineSpendReply();
            }
            catch (OperationCanceledException)
            {
                cancelled.TrySetResult();
                throw;
            }
        });
        var proto = Path.Combine(Repository.Root, "src", "Contracts", "Protos", "cost.proto");
        await InstallAsync();

        var answers = JsonNode.Parse(await RunAsync("node", "client.js", cost.GrpcAddress.Authority, slow.Grpc.Authority, proto))!;

        Assert.Equal("11.355", Text(answers, "estimate", "reply", "total"));
        Assert.EndsWith("Total: $11.36", Text(answers, "estimate", "reply", "display"), StringComparison.Ordinal);
        Assert.Equal("[1,2]", answers["reserve"]!["reply"]!["granted_item_ids"]!.ToJsonString());
        Assert.Equal("pipeline_budget", Text(answers, "reserve", "reply", "refused_by"));
        Assert.NotNull(answers["release"]!["reply"]);
        Assert.Equal("0.4", Text(answers, "spend", "reply", "held"));
        Assert.Equal("3", Text(answers, "invalid", "code"));
        Assert.Equal(
            "holds[0].amount has to be US dollars as a decimal of 0 or more with at most six places, for example 0.028.",
            Text(answers, "invalid", "details"));
        Assert.Equal("4", Text(answers, "deadline", "code"));
        await cancelled.Task.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal("2000000", Text(answers, "long"));
        Assert.Equal("8", Text(answers, "tooLong", "code"));
        Assert.Equal("12", Text(answers, "unimplemented", "code"));
        Assert.Equal(Enumerable.Range(0, 20).Select(n => n == 0 ? "0" : $"0.{n:000}".TrimEnd('0')), answers["many"]!.AsArray().Select(total => total!.ToString()));
    }

    private static string Text(JsonNode node, params string[] path) => path.Aggregate(node, (inner, name) => inner[name] ?? throw new InvalidOperationException(node.ToJsonString())).ToString();

    private static async Task InstallAsync()
    {
        var installed = new FileInfo(Path.Combine(Folder, "node_modules", ".package-lock.json"));
        if (!installed.Exists || installed.LastWriteTimeUtc < File.GetLastWriteTimeUtc(Path.Combine(Folder, "package-lock.json")))
        {
            await RunAsync("npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts");
        }
    }

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var errors = process.StandardError.ReadToEndAsync(limit.Token);
        var output = await process.StandardOutput.ReadToEndAsync(limit.Token);
        await process.WaitForExitAsync(limit.Token);
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{program} failed: {await errors}");
    }
}
