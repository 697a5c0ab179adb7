using Gateway.Accounts;
using Gateway.Frontend;
using Gateway.Health;
using Gateway.Identity;
using Gateway.Limits;
using Gateway.Proxy;
using Gateway.Reference;
using Gateway.Storage;
using ServiceDefaults;
using ServiceDefaults.Storage;

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults("gateway");
builder.AddPostgres<GatewayDbContext>(GatewayDbContext.Schema);
builder.AddRedis();
builder.AddCallers();
builder.AddAccounts();
builder.AddRateLimits();
builder.AddProxy();
builder.AddServicesHealth();
builder.AddReference();
builder.AddFrontend();

var app = builder.Build();

app.UseSecurityHeaders();
app.UseResponseCompression();
app.UseServiceDefaults(beforeAuthentication: door =>
{
    door.UseDoor();
    door.UseOriginCheck();
});
app.UseFrontendFiles();

app.MapSession();
app.MapApiKeys();
app.MapProxy();
app.MapReference();
app.MapFrontend();

await app.RunAsync();
