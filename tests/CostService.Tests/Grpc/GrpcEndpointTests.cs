using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using ServiceDefaults.Grpc;
using Xunit;

namespace CostService.Tests.Grpc;

public sealed class GrpcEndpointTests
{
    [Theory]
    [InlineData("urls", "http://127.0.0.1:5100", "http://127.0.0.1:5100;http://127.0.0.1:7000")]
    [InlineData("urls", "http://+:8080;https://+:8443", "http://+:8080;https://+:8443;http://+:7000")]
    [InlineData("urls", "http://[::1]:5100", "http://[::1]:5100;http://[::1]:7000")]
    [InlineData("urls", "http://127.0.0.1:5100;http://127.0.0.1:7000", "http://127.0.0.1:5100;http://127.0.0.1:7000")]
    [InlineData("http_ports", "8080", "http://*:8080;http://*:7000")]
    [InlineData("unrelated", "1", "http://localhost:5000;http://localhost:7000")]
    public void The_http_addresses_stay_and_grpc_joins_them_on_the_same_host(string key, string value, string expected)
    {
        var builder = Builder((key, value), ("GRPC_PORT", "7000"));

        builder.AddGrpcEndpoint();

        Assert.Equal(expected, builder.WebHost.GetSetting("urls"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("0")]
    public void Without_a_port_the_service_does_not_start_and_says_what_is_missing(string? port)
    {
        var exception = Assert.Throws<InvalidOperationException>(() => Builder(("urls", "http://127.0.0.1:5100"), ("GRPC_PORT", port)).AddGrpcEndpoint());

        Assert.Contains("GRPC_PORT", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_an_address_there_is_no_client_and_the_setting_is_named()
    {
        var exception = Assert.Throws<InvalidOperationException>(() => Builder().AddCostClient());

        Assert.Contains("services:costservice:grpc:0", exception.Message, StringComparison.Ordinal);
    }

    private static WebApplicationBuilder Builder(params (string Key, string? Value)[] settings)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.Configuration.AddInMemoryCollection(settings.ToDictionary(setting => setting.Key, setting => setting.Value));
        return builder;
    }
}
