using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;

namespace Testing;

/// <summary>A RabbitMQ virtual host of its own for one test class; deleted afterwards.</summary>
public sealed class TestVhost : IAsyncDisposable
{
    /// <summary>The management API of the test broker.</summary>
    public static readonly HttpClient Management = MakeClient();

    private TestVhost(string name) => Name = name;

    public string Name { get; }

    /// <summary>The amqp URI of this virtual host.</summary>
    public string Uri => new UriBuilder(TestServers.RabbitMq) { Path = Name }.Uri.ToString();

    public static async Task<TestVhost> CreateAsync()
    {
        var vhost = new TestVhost("t_" + Guid.NewGuid().ToString("N"));
        (await Management.PutAsync($"api/vhosts/{vhost.Name}", Empty())).EnsureSuccessStatusCode();
        var user = new Uri(TestServers.RabbitMq).UserInfo.Split(':')[0];
        var rights = JsonContent.Create(new { configure = ".*", write = ".*", read = ".*" });
        (await Management.PutAsync($"api/permissions/{vhost.Name}/{user}", rights)).EnsureSuccessStatusCode();
        return vhost;
    }

    /// <summary>An exchange with a queue behind it of the same name, as a service makes them, that keeps what it gets.</summary>
    public async Task AddQueueAsync(string name)
    {
        (await Management.PutAsync($"api/exchanges/{Name}/{name}", JsonContent.Create(new { type = "fanout", durable = true }))).EnsureSuccessStatusCode();
        (await Management.PutAsync($"api/queues/{Name}/{name}", JsonContent.Create(new { durable = true }))).EnsureSuccessStatusCode();
        (await Management.PostAsync($"api/bindings/{Name}/e/{name}/q/{name}", Empty())).EnsureSuccessStatusCode();
    }

    public async ValueTask DisposeAsync() => await Management.DeleteAsync($"api/vhosts/{Name}");

    private static StringContent Empty() => new("{}", Encoding.UTF8, "application/json");

    private static HttpClient MakeClient()
    {
        var address = new Uri(TestServers.RabbitMqManagement);
        var client = new HttpClient { BaseAddress = new UriBuilder(address) { UserName = string.Empty, Password = string.Empty, Path = "/" }.Uri };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(System.Uri.UnescapeDataString(address.UserInfo))));
        return client;
    }
}
